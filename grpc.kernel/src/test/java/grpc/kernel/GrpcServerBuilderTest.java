package grpc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ServerCredentials;
import grpc.api.ServerInterceptor;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.PingPolicy;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.TransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GrpcServerBuilderTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Keeps what it is asked for, and does not listen. */
  private static final class Recorder implements TransportProvider {
    ServerTransportOptions asked =
        ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
            .maxConcurrentStreams(1)
            .maxHeaderListSize(1)
            .handshakeTimeout(SECOND)
            .build();

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
      throw new UnsupportedOperationException("no clients here");
    }

    @Override
    public ServerTransport listen(
        SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor)
        throws IOException {
      asked = options;
      throw new IOException("recorded");
    }
  }

  private final Recorder transport = new Recorder();
  private final List<String> done = new ArrayList<>();

  private ServerTransportOptions asked(GrpcServerBuilder builder) {
    builder
        .runtime(GrpcRuntime.builder().add(transport).build())
        .listen(0, ServerCredentials.plaintext());
    assertThrows(UncheckedIOException.class, builder::start);
    return transport.asked;
  }

  @Test
  void whatIsNotChosenIsAsGrpcHasIt() {
    var asked = asked(GrpcServer.builder());
    assertEquals(
        Keepalive.every(Duration.ofHours(2)).withTimeout(Duration.ofSeconds(20)).evenWithoutCalls(),
        asked.keepalive());
    assertEquals(PingPolicy.atMostEvery(Duration.ofMinutes(5)), asked.pingPolicy());
    assertEquals(ConnectionAge.UNLIMITED, asked.age());
    assertEquals(1024, asked.maxConcurrentStreams());
    assertEquals(8192, asked.maxHeaderListSize());
    assertEquals(Duration.ofSeconds(120), asked.handshakeTimeout());
  }

  /** Writes down what is done with it. */
  private final class Recorded implements ServerTransport {
    @Override
    public SocketAddress localAddress() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public void drain() {
      done.add("drain");
      throw new IllegalStateException("a transport's bug");
    }

    @Override
    public boolean awaitClosed(Duration timeout) {
      done.add(timeout.compareTo(Duration.ofDays(100_000)) > 0 ? "await" : "await " + timeout);
      return true;
    }

    @Override
    public void close() {
      done.add("close");
      throw new IllegalStateException("a transport's bug");
    }
  }

  @Test
  void actionsAndTransportsThatThrowKeepNothingFromStopping() throws InterruptedException {
    var both = List.<ServerTransport>of(new Recorded(), new Recorded());
    List<Runnable> actions =
        List.of(
            () -> {
              done.add("first");
              throw new AssertionError("a bug");
            },
            () -> done.add("second"));
    var server = new GrpcServer(both, List.of(), actions);
    assertTrue(server.shutdown(ChronoUnit.FOREVER.getDuration()));
    assertEquals(
        List.of("first", "second", "drain", "drain", "await", "await", "close", "close"), done);
    done.clear();
    assertTrue(server.shutdown(Duration.ofSeconds(Long.MIN_VALUE)));
    assertEquals(
        List.of("drain", "drain", "await PT0S", "await PT0S", "close", "close"),
        done,
        "actions run once, and no grace is none");
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullIsRefusedBeforeAnythingStops() {
    var server =
        new GrpcServer(List.of(new Recorded()), List.of(), List.of(() -> done.add("action")));
    for (Executable call :
        List.<Executable>of(
            () -> server.shutdown(null),
            () -> server.shutdownOnExit(null),
            () -> server.awaitTermination(null))) {
      assertEquals("grace", assertThrows(NullPointerException.class, call).getMessage());
    }
    assertEquals(List.of(), done);
    ServerInterceptor none = null;
    var builder = GrpcServer.builder();
    assertEquals(
        "interceptor",
        assertThrows(NullPointerException.class, () -> builder.intercept(none)).getMessage());
  }

  @Test
  void hostNameThatIsNotKnownIsRefusedWhereItIsGiven() {
    var unknown = InetSocketAddress.createUnresolved("no.such.host", 80);
    var builder = GrpcServer.builder();
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> builder.listen(unknown, ServerCredentials.plaintext()));
    assertTrue(
        e.getMessage().startsWith("cannot listen on no.such.host:80: the host name is not known"),
        e.getMessage());
  }

  @Test
  void keepaliveAndAgeReachTheTransport() {
    var asked =
        asked(
            GrpcServer.builder()
                .keepalive(Keepalive.every(SECOND).withTimeout(SECOND.multipliedBy(2)))
                .permitKeepalive(PingPolicy.atMostEvery(SECOND.multipliedBy(3)).evenWithoutCalls())
                .maxConnectionIdle(SECOND.multipliedBy(4))
                .maxConnectionAge(SECOND.multipliedBy(5))
                .maxConnectionAgeGrace(SECOND.multipliedBy(6)));
    assertEquals(
        Keepalive.every(SECOND).withTimeout(Duration.ofSeconds(2)).evenWithoutCalls(),
        asked.keepalive());
    assertEquals(
        PingPolicy.atMostEvery(Duration.ofSeconds(3)).evenWithoutCalls(), asked.pingPolicy());
    assertEquals(
        ConnectionAge.UNLIMITED
            .withMaxIdle(Duration.ofSeconds(4))
            .withMaxAge(Duration.ofSeconds(5))
            .withGrace(Duration.ofSeconds(6)),
        asked.age());
  }
}
