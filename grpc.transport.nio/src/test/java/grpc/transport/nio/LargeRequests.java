package grpc.transport.nio;

import grpc.api.Metadata;
import grpc.api.StatusCode;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.ServerTransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program whose small heap would not hold the requests that come at once: each is answered or
 * refused, and so are small ones beside them. All requests share one array.
 */
final class LargeRequests {
  private static final byte[] LARGE = new byte[1 << 20];
  private static final int AT_ONCE = 50;

  private LargeRequests() {}

  private static void length(ServerStream stream) throws InterruptedException {
    int length = stream.receive().orElseThrow().payload().remaining();
    stream.respond(
        EchoServer.headers(Metadata.EMPTY),
        TestClient.message(new byte[] {(byte) (length >> 16)}),
        Metadata.EMPTY);
  }

  private static void require(boolean condition, Object what) {
    if (!condition) {
      throw new IllegalStateException(String.valueOf(what));
    }
  }

  public static void main(String[] args) throws Exception {
    var provider = new NioTransportProvider();
    var echo = new EchoServer().on("/t.Echo/Length", Dispatch.WHEN_WHOLE, LargeRequests::length);
    var options =
        ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
            .maxConcurrentStreams(1024)
            .maxHeaderListSize(8192)
            .handshakeTimeout(Duration.ofSeconds(10))
            .build();
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server = provider.listen(any, options, echo);
        var one = TestClient.connect(provider, server.localAddress());
        var other = TestClient.connect(provider, server.localAddress());
        var bystander = TestClient.connect(provider, server.localAddress())) {
      for (int round = 0; round < 3; round++) {
        List<ClientStream> calls = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          calls.add((i % 2 == 0 ? one : other).unary("/t.Echo/Length", LARGE));
          var small = bystander.unary("/t.Echo/Unary", new byte[100]).end();
          require(small.status().isOk(), small);
        }
        int answered = 0;
        for (ClientStream call : calls) {
          StatusCode code = call.end().status().code();
          require(code == StatusCode.OK || code == StatusCode.RESOURCE_EXHAUSTED, call.end());
          answered += code == StatusCode.OK ? 1 : 0;
        }
        require(answered > 0, "none is answered");
        System.out.println(answered + " of " + AT_ONCE + " were answered");
      }
      require(one.unary("/t.Echo/Length", LARGE).end().status().isOk(), "a lone one");
      require(options.memory().used() == 0, options.memory().used());
    }
    System.out.println("OK");
  }
}
