package interop.foreign;

import com.google.protobuf.ByteString;
import interop.proto.Payload;
import interop.proto.SimpleRequest;
import interop.proto.SimpleResponse;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A whole request, and the frames to answer it with. What writes belongs to the server's loop; the
 * rest may be read on any thread.
 */
public final class Exchange {
  private final Outlet out;
  private final Http2Headers headers;
  private final SimpleRequest request;
  private long pings;

  Exchange(Outlet out, Http2Headers headers, SimpleRequest request) {
    this.out = out;
    this.headers = headers;
    this.request = request;
  }

  /** {@return the id of its stream} */
  public int stream() {
    return out.stream();
  }

  /** {@return how many bytes it asks for} */
  public int size() {
    return request.getResponseSize();
  }

  /** {@return the request's first field of this name} */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(CharSequence::toString);
  }

  /** {@return the answer that is asked for, with its prefix} */
  public byte[] message() {
    var body = ByteString.copyFrom(new byte[size()]);
    var response = SimpleResponse.newBuilder().setPayload(Payload.newBuilder().setBody(body));
    byte[] message = response.build().toByteArray();
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  /** Answers as it should be. */
  public void respond() {
    headers().data(message(), this::trailers);
  }

  /** Writes the HEADERS of an answer. */
  public Exchange headers() {
    out.headers(
        new DefaultHttp2Headers().status("200").add("content-type", "application/grpc"), false);
    return this;
  }

  /** Writes DATA and then runs, on the loop. */
  public void data(byte[] bytes, Runnable then) {
    pieces(bytes, bytes.length, 0, then);
  }

  /** Writes DATA frames of so many bytes and so much padding each, and then runs, on the loop. */
  public void pieces(byte[] bytes, int piece, int padding, Runnable then) {
    out.data(ByteBuffer.wrap(bytes), piece, padding, then);
  }

  /** Writes trailers that say OK. */
  public void trailers() {
    out.headers(new DefaultHttp2Headers().add("grpc-status", "0"), true);
  }

  /** Writes RST_STREAM. */
  public void reset(Http2Error code) {
    out.reset(code);
  }

  /** Writes GOAWAY; Netty closes the connection after it, unless the code is NO_ERROR. */
  public Exchange goAway(int lastStream, Http2Error code, String debug) {
    out.goAway(lastStream, code, debug);
    return this;
  }

  /** Writes PING, with 1, 2 … as payload. */
  public Exchange ping() {
    out.ping(++pings);
    return this;
  }
}
