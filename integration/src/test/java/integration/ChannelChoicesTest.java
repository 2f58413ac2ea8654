package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcChannelBuilder;
import grpc.kernel.GrpcRuntime;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.StreamOptions;
import grpc.spi.transport.TransportProvider;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a channel's builder is told is what its transport is asked for. */
@Timeout(30)
class ChannelChoicesTest {
  /** Keeps what it is asked for, and never gets a connection ready. */
  private record Recorder(BlockingQueue<ClientTransportOptions> asked)
      implements TransportProvider {
    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public boolean supports(SocketAddress address) {
      return true;
    }

    @Override
    public ClientTransport connect(
        Address address, ClientTransportOptions options, ClientTransport.Listener listener) {
      asked.add(options);
      return new Silent(listener);
    }

    @Override
    public ServerTransport listen(
        SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor) {
      throw new UnsupportedOperationException("no servers here");
    }
  }

  private record Silent(ClientTransport.Listener listener) implements ClientTransport {
    @Override
    public ClientStream newStream(RequestHeaders headers, StreamOptions options) {
      throw new IllegalStateException("never ready");
    }

    @Override
    public ClientStream newStream(RequestHeaders headers, StreamOptions options, Message message) {
      throw new IllegalStateException("never ready");
    }

    @Override
    public void drain() {
      listener.closed(Status.unavailable("drained"));
    }

    @Override
    public void close(Status status) {
      listener.closed(status);
    }
  }

  private static ClientTransportOptions asked(UnaryOperator<GrpcChannelBuilder> choices)
      throws InterruptedException {
    var recorder = new Recorder(new LinkedBlockingQueue<>());
    var runtime = GrpcRuntime.builder().layer(ModuleLayer.boot()).add(recorder).build();
    var builder = GrpcChannel.builder("passthrough:somewhere:1").runtime(runtime);
    try (var channel = choices.apply(builder.transport("recorder")).open()) {
      channel.connect();
      return Objects.requireNonNull(recorder.asked.poll(20, TimeUnit.SECONDS), "no attempt");
    }
  }

  @Test
  void whatIsNotChosenIsAsGrpcHasIt() throws Exception {
    var asked = asked(builder -> builder);
    assertEquals("somewhere:1", asked.authority());
    assertEquals(8192, asked.maxHeaderListSize());
    assertEquals(Optional.empty(), asked.keepalive());
    assertTrue(asked.connectTimeout().compareTo(Duration.ofSeconds(20)) >= 0, asked::toString);
  }

  @Test
  void choicesReachTheTransport() throws Exception {
    var asked =
        asked(builder ->
            builder
                .authority("elsewhere")
                .userAgent("acme/1")
                .maxHeaderListSize(9000)
                .keepalive(Duration.ofSeconds(30), Duration.ofSeconds(5), true));
    assertEquals("elsewhere", asked.authority());
    assertTrue(asked.userAgent().startsWith("acme/1 grpc-java-tenon"), asked::userAgent);
    assertEquals(9000, asked.maxHeaderListSize());
    assertEquals(
        Optional.of(new Keepalive(Duration.ofSeconds(30), Duration.ofSeconds(5), true)),
        asked.keepalive());
  }
}
