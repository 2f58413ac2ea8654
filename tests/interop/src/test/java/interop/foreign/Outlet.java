package interop.foreign;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One stream's way out: frames, flushed as they are written. On the server's loop. */
record Outlet(Http2ConnectionHandler handler, ChannelHandlerContext context, int stream) {
  void headers(Http2Headers headers, boolean end) {
    handler.encoder().writeHeaders(context, stream, headers, 0, end, context.newPromise());
    flush();
  }

  /**
   * Writes DATA frames of so many bytes and so much padding each, and then runs. A frame waits
   * until the one before has left, because Netty joins those that wait for a window.
   */
  void data(ByteBuffer bytes, int piece, int padding, Runnable then) {
    while (bytes.hasRemaining()) {
      int size = Math.min(piece, bytes.remaining());
      var next = Unpooled.wrappedBuffer(bytes.slice(bytes.position(), size));
      bytes.position(bytes.position() + size);
      var encoder = handler.encoder();
      var written = encoder.writeData(context, stream, next, padding, false, context.newPromise());
      flush();
      if (!written.isDone()) {
        written.addListener(
            result -> context.executor().execute(() -> data(bytes, piece, padding, then)));
        return;
      }
    }
    then.run();
  }

  void reset(Http2Error code) {
    handler.encoder().writeRstStream(context, stream, code.code(), context.newPromise());
    flush();
  }

  void goAway(int last, Http2Error code, String debug) {
    var data = Unpooled.copiedBuffer(debug, StandardCharsets.UTF_8);
    handler.encoder().writeGoAway(context, last, code.code(), data, context.newPromise());
    flush();
  }

  void ping(long payload) {
    handler.encoder().writePing(context, false, payload, context.newPromise());
    flush();
  }

  private void flush() {
    handler.flush(context);
  }
}
