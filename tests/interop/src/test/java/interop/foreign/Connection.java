package interop.foreign;

import com.google.protobuf.InvalidProtocolBufferException;
import interop.proto.SimpleRequest;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2EventAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** One connection of a client: gathers its requests, and hands them to the script once whole. */
public final class Connection extends Http2EventAdapter {
  private static final int PREFIX = 5;

  private final Script script;
  private final SentFrames sent = new SentFrames();
  private final Http2ConnectionHandler handler;
  private final Map<Integer, Request> open = new HashMap<>();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Long> pongs = new LinkedBlockingQueue<>();

  private record Request(Http2Headers headers, ByteArrayOutputStream body) {
    SimpleRequest message() throws InvalidProtocolBufferException {
      byte[] all = body.toByteArray();
      return SimpleRequest.parseFrom(ByteBuffer.wrap(all, PREFIX, all.length - PREFIX));
    }
  }

  public Connection(Script script, Http2Settings settings) {
    this.script = script;
    handler =
        new Http2ConnectionHandlerBuilder()
            .server(true)
            .initialSettings(settings)
            .frameListener(this)
            .frameLogger(sent)
            .build();
  }

  Http2ConnectionHandler handler() {
    return handler;
  }

  /** {@return the whole requests so far, in their order} */
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** {@return the payloads of the PING acks so far} */
  public BlockingQueue<Long> pongs() {
    return pongs;
  }

  /** {@return what was sent so far} */
  public SentFrames sent() {
    return sent;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end) {
    onHeadersRead(context, stream, headers, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end) {
    open.put(stream, new Request(headers, new ByteArrayOutputStream()));
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end) {
    int flowControlled = data.readableBytes() + padding;
    var request = open.get(stream);
    if (request == null) {
      return flowControlled;
    }
    byte[] bytes = new byte[data.readableBytes()];
    data.readBytes(bytes);
    request.body().writeBytes(bytes);
    if (end) {
      open.remove(stream);
      answer(context, stream, request);
    }
    return flowControlled;
  }

  private void answer(ChannelHandlerContext context, int stream, Request request) {
    try {
      var out = new Outlet(handler, context, stream);
      var exchange = new Exchange(out, request.headers(), request.message());
      exchanges.add(exchange);
      script.answer(exchange);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
    open.remove(stream);
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext context, long payload) {
    pongs.add(payload);
  }
}
