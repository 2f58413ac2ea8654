package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.StreamOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopbackTest {
  @Test
  void unaryCallIsAnswered() throws Exception {
    var provider = new NioTransportProvider();
    try (var server =
        provider.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ServerTransportOptions(100, 8192, Duration.ofSeconds(10)),
            new EchoServer())) {
      var ready = new CompletableFuture<Peer>();
      var closed = new CompletableFuture<Status>();
      ClientTransport client =
          provider.connect(
              new Address(server.localAddress()),
              new ClientTransportOptions("a", "tenon-test", 8192, Duration.ofSeconds(10)),
              new ClientTransport.Listener() {
                @Override
                public void ready(Peer peer) {
                  ready.complete(peer);
                }

                @Override
                public void draining(Status reason) {}

                @Override
                public void closed(Status reason) {
                  closed.complete(reason);
                }
              });
      ready.get(10, TimeUnit.SECONDS);
      for (int size : new int[] {0, 1, 65536, 1 << 20, 4 << 20}) {
        var stream =
            client.newStream(
                new RequestHeaders(
                    "/t.Echo/Unary",
                    "a",
                    RequestHeaders.NO_TIMEOUT,
                    "",
                    RequestHeaders.IDENTITY,
                    "",
                    Metadata.EMPTY),
                new StreamOptions(4 << 20, true),
                new Message(false, ByteBuffer.wrap(new byte[size])));
        assertEquals(size, stream.receive().orElseThrow().payload().remaining());
        assertTrue(stream.receive().isEmpty());
        assertTrue(stream.end().status().isOk(), stream.end().toString());
      }
      client.drain();
      closed.get(10, TimeUnit.SECONDS);
    }
  }
}
