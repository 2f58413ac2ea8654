package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.Status;
import grpc.kernel.registry.Providers;
import grpc.spi.codec.Compressor;
import grpc.spi.failure.Excerpt;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import org.jspecify.annotations.Nullable;

/** Which compressor a call's messages need. */
final class Encodings {
  private Encodings() {}

  /**
   * The compressor that the caller chose, null for none.
   *
   * @throws IllegalStateException when the runtime has no such compressor
   */
  static @Nullable Compressor chosen(CallOptions options, Providers providers) {
    var name = options.compressor();
    if (name.isEmpty() || name.get().equals(RequestHeaders.IDENTITY)) {
      return null;
    }
    return providers.requireCompressor(name.get());
  }

  /** The compressor of a response, null for identity; INTERNAL where the runtime has none. */
  static @Nullable Compressor of(ResponseHeaders headers, Providers providers) {
    String encoding = headers.encoding();
    if (encoding.equals(RequestHeaders.IDENTITY)) {
      return null;
    }
    var compressor = providers.compressor(encoding);
    if (compressor.isEmpty()) {
      String accepted = providers.acceptEncoding();
      throw Status.internal(
              "the server compresses with '%s' (expected: %s, as grpc-accept-encoding said)"
                  .formatted(
                      Excerpt.of(encoding), accepted.isEmpty() ? "identity" : "one of " + accepted))
          .asException();
    }
    return compressor.get();
  }

  static String name(@Nullable Compressor compressor) {
    return compressor == null ? RequestHeaders.IDENTITY : compressor.encoding();
  }
}
