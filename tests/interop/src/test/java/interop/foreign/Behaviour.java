package interop.foreign;

import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import java.util.Arrays;
import java.util.Locale;

/** What the server of gRPC's http2-interop-test-descriptions does in each case. */
public enum Behaviour implements Script {
  GOAWAY,
  RST_AFTER_HEADER,
  RST_DURING_DATA,
  RST_AFTER_DATA,
  PING,
  MAX_STREAMS,
  DATA_FRAME_PADDING,
  NO_DF_PADDING_SANITY_TEST;

  private static final int PIECE = 5;
  private static final int PADDING = 255;

  /** {@return the name of the case} */
  public String testCase() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return a server that does so} */
  public ForeignServer serve() {
    var settings = new Http2Settings();
    return new ForeignServer(
        this, this == MAX_STREAMS ? settings.maxConcurrentStreams(1) : settings);
  }

  @Override
  public void answer(Exchange exchange) {
    byte[] message = exchange.message();
    switch (this) {
      case GOAWAY -> exchange.goAway(exchange.stream(), Http2Error.NO_ERROR, "").respond();
      case RST_AFTER_HEADER -> exchange.headers().reset(Http2Error.NO_ERROR);
      case RST_DURING_DATA -> {
        byte[] half = Arrays.copyOf(message, message.length / 2);
        exchange.headers().data(half, () -> exchange.reset(Http2Error.NO_ERROR));
      }
      case RST_AFTER_DATA ->
          exchange.headers().data(message, () -> exchange.reset(Http2Error.NO_ERROR));
      case PING ->
          exchange.ping().headers().ping().ping().data(message, () -> exchange.ping().trailers());
      case MAX_STREAMS -> exchange.respond();
      case DATA_FRAME_PADDING ->
          exchange.headers().pieces(message, PIECE, PADDING, exchange::trailers);
      case NO_DF_PADDING_SANITY_TEST ->
          exchange.headers().pieces(message, PIECE, 0, exchange::trailers);
    }
  }
}
