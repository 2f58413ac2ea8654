package grpc.codec.gzip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GzipCompressorTest {
  private final GzipCompressor gzip = new GzipCompressor();

  private byte[] compress(byte[] message) throws IOException {
    var sink = new ByteArrayOutputStream();
    try (var stream = gzip.compress(sink)) {
      stream.write(message);
    }
    return sink.toByteArray();
  }

  private byte[] decompress(byte[] compressed) throws IOException {
    try (var stream = gzip.decompress(new ByteArrayInputStream(compressed))) {
      return stream.readAllBytes();
    }
  }

  @Test
  void messagesComeBackWhateverTheirSize() throws IOException {
    var random = new Random(1);
    for (int size : new int[] {0, 1, 4095, 4096, 100_000}) {
      var message = new byte[size];
      random.nextBytes(message);
      assertArrayEquals(message, decompress(compress(message)));
    }
  }

  @Test
  void corruptDataIsAnIoException() throws IOException {
    var compressed = compress(new byte[1000]);
    assertThrows(IOException.class, () -> decompress(new byte[] {1, 2, 3}));
    assertThrows(
        IOException.class, () -> decompress(Arrays.copyOf(compressed, compressed.length - 1)));
    compressed[compressed.length - 6] ^= 1; // the CRC
    assertThrows(IOException.class, () -> decompress(compressed));
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] noise(int size) {
    var noise = new byte[size];
    new Random(size).nextBytes(noise);
    return noise;
  }

  @Test
  void membersInARowAreOneMessage() throws IOException { // RFC 1952 §2.2
    for (int size : new int[] {0, 1, 3_000, 4_060, 4_080, 9_000}) {
      var a = noise(size);
      var b = noise(size / 2);
      assertArrayEquals(joined(a, b, a), decompress(joined(compress(a), compress(b), compress(a))));
    }
  }

  @Test
  void bytesBehindTheEndAreRefused() throws IOException {
    for (int size = 4_040; size < 4_100; size++) { // the end is near that of the buffer
      var member = compress(noise(size));
      for (byte[] rest :
          new byte[][] {{0}, {'g', 'a', 'r', 'b'}, {0x1F}, {0x1F, 0}, new byte[30]}) {
        var both = joined(member, rest);
        assertThrows(IOException.class, () -> decompress(both), () -> "rest " + rest.length);
      }
    }
    var both = joined(compress(noise(10)), new byte[] {1});
    assertEquals(
        "bytes behind the end of the gzip data (expected: its end, or another gzip member)",
        assertThrows(IOException.class, () -> decompress(both)).getMessage());
  }

  @Test
  void allThatAHeaderMayHaveIsPassedOver() throws IOException {
    var plain = compress(noise(500));
    var body = Arrays.copyOfRange(plain, 10, plain.length);
    var header = new byte[] {0x1F, (byte) 0x8B, 8, 0x1E, 1, 2, 3, 4, 0, 3};
    var fields = joined(new byte[] {2, 0, 9, 9}, "name\0".getBytes(UTF_8), "why\0".getBytes(UTF_8));
    var crc = new CRC32();
    crc.update(joined(header, fields));
    var check = new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
    assertArrayEquals(noise(500), decompress(joined(header, fields, check, body)));
    check[0] ^= 1;
    assertThrows(ZipException.class, () -> decompress(joined(header, fields, check, body)));
  }

  @Test
  void headersThatAreNoneAreRefused() throws IOException {
    for (int i : new int[] {0, 1, 2, 3}) {
      var message = compress(noise(10));
      message[i] ^= (byte) 0x80; // of the flags a reserved one
      assertThrows(ZipException.class, () -> decompress(message), () -> "byte " + i);
    }
  }

  @Test
  void aWrongLengthIsRefused() throws IOException {
    var message = compress(noise(10));
    message[message.length - 1] ^= 1;
    assertThrows(ZipException.class, () -> decompress(message));
  }
}
