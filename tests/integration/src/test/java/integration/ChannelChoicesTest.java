package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcChannelBuilder;
import grpc.kernel.GrpcRuntime;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Keepalive;
import grpc.testing.FakeConnection;
import grpc.testing.FakeTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a channel's builder is told is what its transport is asked for. */
@Timeout(30)
class ChannelChoicesTest {
  private static ClientTransportOptions asked(UnaryOperator<GrpcChannelBuilder> choices)
      throws InterruptedException {
    var transport = new FakeTransport();
    var runtime = GrpcRuntime.builder().layer(ModuleLayer.boot()).add(transport).build();
    var builder =
        GrpcChannel.builder("passthrough:somewhere:1", ChannelCredentials.plaintext())
            .runtime(runtime);
    try (var channel = choices.apply(builder.transport(transport.name())).open()) {
      channel.connect();
      return transport.nextConnection().options();
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

  /** The limit for a response in a call without options of its own. */
  private static int receiveLimit(UnaryOperator<GrpcChannelBuilder> choices)
      throws InterruptedException {
    var transport = new FakeTransport(FakeConnection::ready);
    var runtime = GrpcRuntime.builder().layer(ModuleLayer.boot()).add(transport).build();
    var builder =
        GrpcChannel.builder("passthrough:somewhere:1", ChannelCredentials.plaintext())
            .runtime(runtime);
    try (var channel = choices.apply(builder.transport(transport.name())).open()) {
      var answer = channel.unaryAsync(Echo.UNARY, new byte[0], CallOptions.DEFAULT);
      var stream = transport.nextStream();
      stream.succeeds("");
      answer.join();
      assertEquals("gzip", stream.requestHeaders().encoding());
      return stream.options().maxReceiveMessageSize();
    }
  }

  @Test
  void limitsAreKeptBesideDefaultOptionsInEitherOrder() throws Exception {
    var zipped = CallOptions.DEFAULT.withCompressor("gzip");
    assertEquals(7, receiveLimit(c -> c.maxReceiveMessageSize(7).defaultOptions(zipped)));
    assertEquals(7, receiveLimit(c -> c.defaultOptions(zipped).maxReceiveMessageSize(7)));
    var limited = zipped.withMaxReceiveMessageSize(8);
    assertEquals(8, receiveLimit(c -> c.defaultOptions(limited)));
    assertEquals(7, receiveLimit(c -> c.maxReceiveMessageSize(7).defaultOptions(limited)));
  }

  @Test
  void choicesReachTheTransport() throws Exception {
    var asked =
        asked(builder ->
            builder
                .authority("elsewhere")
                .userAgent("acme/1")
                .maxHeaderListSize(9000)
                .keepalive(
                    Keepalive.every(Duration.ofSeconds(30))
                        .withTimeout(Duration.ofSeconds(5))
                        .evenWithoutCalls()));
    assertEquals("elsewhere", asked.authority());
    assertTrue(asked.userAgent().startsWith("acme/1 grpc-java-tenon"), asked::userAgent);
    assertEquals(9000, asked.maxHeaderListSize());
    assertEquals(
        Optional.of(
            Keepalive.every(Duration.ofSeconds(30))
                .withTimeout(Duration.ofSeconds(5))
                .evenWithoutCalls()),
        asked.keepalive());
  }
}
