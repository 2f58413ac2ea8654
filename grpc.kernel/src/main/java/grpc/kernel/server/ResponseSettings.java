package grpc.kernel.server;

import grpc.api.CallContext;
import grpc.api.Metadata;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a handler says of its answer beside the messages, and until when it may. A part of the
 * running call for its own file's sake: the call is one object.
 */
abstract class ResponseSettings implements CallContext {
  final ServerSettings settings;
  final ServerStream stream;
  final RequestHeaders request;
  private @Nullable Compressor compressor;
  private boolean compressing = true;
  private boolean headersSent;
  private Metadata headers = Metadata.EMPTY;
  private Metadata trailers = Metadata.EMPTY;

  /** The terms of an answer that is compressed as the request was, where its client takes that. */
  ResponseSettings(ServerSettings settings, ServerStream stream, @Nullable Compressor compressor) {
    this.settings = settings;
    this.stream = stream;
    this.request = stream.headers();
    this.compressor = accepted(compressor);
  }

  /** The headers, which are about to leave. */
  final ResponseHeaders takeHeaders() {
    headersSent = true;
    return ResponseHeaders.of(
        request.contentSubtype(),
        compressor == null ? RequestHeaders.IDENTITY : compressor.encoding(),
        settings.providers().acceptEncoding(),
        headers);
  }

  final boolean headersSent() {
    return headersSent;
  }

  /** What compresses the next message, or null. */
  final @Nullable Compressor messageCompressor() {
    return compressing ? compressor : null;
  }

  final Metadata trailers() {
    return trailers;
  }

  @Override
  public final void responseHeaders(Metadata metadata) {
    requireHeadersUnsent();
    headers = Objects.requireNonNull(metadata, "headers (for none: Metadata.EMPTY)");
  }

  @Override
  public final void sendHeaders() {
    requireHeadersUnsent();
    stream.sendHeaders(takeHeaders());
  }

  @Override
  public final void responseTrailers(Metadata metadata) {
    trailers = Objects.requireNonNull(metadata, "trailers (for none: Metadata.EMPTY)");
  }

  @Override
  public final void compressor(String encoding) {
    requireHeadersUnsent();
    compressor =
        encoding.equals(RequestHeaders.IDENTITY)
            ? null
            : accepted(settings.providers().requireCompressor(encoding));
  }

  /** The compressor, unless the client does not take its encoding. */
  private @Nullable Compressor accepted(@Nullable Compressor wanted) {
    return wanted != null && request.accepts(wanted.encoding()) ? wanted : null;
  }

  @Override
  public final void compressMessages(boolean compress) {
    compressing = compress;
  }

  private void requireHeadersUnsent() {
    if (headersSent) {
      throw new IllegalStateException(
          "the response headers have been sent already (expected: before the first message)");
    }
  }
}
