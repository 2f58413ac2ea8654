package grpc.transport.nio.headers;

import grpc.spi.transport.ReceivedMetadata;
import java.util.Base64;

/** Values of {@code -bin} fields: base64, sent without padding (PROTOCOL-HTTP2, Binary-Header). */
public final class BinaryMetadata {
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getDecoder(); // padding is optional

  private BinaryMetadata() {}

  /** {@return the bytes in the form of the wire} */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * Adds the values of a field: one, or several separated by commas.
   *
   * @return false when a value is not base64
   */
  public static boolean addDecoded(ReceivedMetadata metadata, String name, String value) {
    int start = 0;
    while (true) {
      int comma = value.indexOf(',', start);
      String one = value.substring(start, comma < 0 ? value.length() : comma).trim();
      try {
        metadata.add(name, DECODER.decode(one));
      } catch (IllegalArgumentException e) {
        return false;
      }
      if (comma < 0) {
        return true;
      }
      start = comma + 1;
    }
  }

  /** {@return the bytes of a single value, or an empty array when it is not base64} */
  public static byte[] decodeOrNothing(String value) {
    try {
      return DECODER.decode(value.trim());
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
