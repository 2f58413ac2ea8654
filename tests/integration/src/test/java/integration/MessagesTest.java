package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.transport.inprocess.InProcessAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MessagesTest {
  private static final CallOptions GZIP = CallOptions.DEFAULT.withCompressor("gzip");

  @Test
  void smallerLimitOfServiceConfigAndCallHolds() {
    String config =
        """
        {"methodConfig": [{"name": [{}], "maxRequestMessageBytes": 5, "maxResponseMessageBytes": 10}]}
        """;
    try (var link = Link.open(s -> s, c -> c.defaultServiceConfig(config))) {
      var wide = CallOptions.DEFAULT.withMaxSendMessageSize(6).withMaxReceiveMessageSize(11);
      assertEquals(
          "echo:12345", text(link.channel().unary(Echo.UNARY, bytes("12345"), wide).message()));
      for (var over :
          Map.of(
                  "123456", wide,
                  "12345", wide.withMaxSendMessageSize(4),
                  "1234", wide.withMaxReceiveMessageSize(8))
              .entrySet()) {
        var e = failure(link.channel(), bytes(over.getKey()), over.getValue());
        assertEquals(StatusCode.RESOURCE_EXHAUSTED, e.code(), over::toString);
      }
    }
  }

  @Test
  void requestThatInflatesOverTheLimitIsResourceExhausted() {
    try (var link = Link.open(s -> s.maxReceiveMessageSize(9_999), c -> c)) {
      var e = failure(link.channel(), new byte[10_000], GZIP);
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, e.code());
      assertTrue(e.status().message().contains("9999"), e.getMessage());
    }
  }

  @Test
  void responseOverTheLimitIsResourceExhausted() {
    try (var link = Link.open(s -> s, c -> c.maxReceiveMessageSize(10))) {
      assertEquals(
          StatusCode.RESOURCE_EXHAUSTED,
          failure(link.channel(), bytes("more than ten"), CallOptions.DEFAULT).code());
      assertEquals(
          StatusCode.RESOURCE_EXHAUSTED,
          failure(link.channel(), bytes("more than ten"), GZIP).code());
    }
  }

  @Test
  void fourMebibytesAreReceivedAndNoMore() {
    try (var link = Link.open()) {
      var largest = new byte[(4 << 20) - "echo:".length()];
      var response = link.channel().unary(Echo.UNARY, largest, CallOptions.DEFAULT);
      assertEquals(4 << 20, response.message().length);
      var byClient = failure(link.channel(), new byte[4 << 20], CallOptions.DEFAULT);
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, byClient.code());
      var byServer = failure(link.channel(), new byte[(4 << 20) + 1], CallOptions.DEFAULT);
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, byServer.code());
    }
  }

  @Test
  void requestOverTheSendLimitNamesTheOption() {
    try (var link = Link.open(s -> s, c -> c.maxSendMessageSize(3))) {
      var e = failure(link.channel(), bytes("four"), CallOptions.DEFAULT);
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, e.code());
      assertTrue(e.status().message().contains("raise maxSendMessageSize"), e.getMessage());
    }
  }

  @Test
  void unknownCompressorNamesWhatThereIs() {
    try (var link = Link.open()) {
      var options = CallOptions.DEFAULT.withCompressor("snappy");
      var e =
          assertThrows(
              IllegalStateException.class,
              () -> link.channel().unary(Echo.UNARY, bytes("x"), options));
      assertTrue(e.getMessage().contains("found: deflate, gzip"), e.getMessage());
    }
  }

  @Test
  void codecThatCannotCarryATypeSaysWhichItCan() {
    var method = MethodDescriptor.of("s/m", MethodType.UNARY, String.class, String.class, "raw");
    try (var link = Link.open()) {
      var e =
          assertThrows(
              IllegalStateException.class,
              () -> link.channel().unary(method, "x", CallOptions.DEFAULT));
      assertTrue(e.getMessage().contains("byte[] or java.nio.ByteBuffer"), e.getMessage());
    }
  }

  @Test
  void emptyRuntimeNamesTheModuleThatIsMissing() {
    var empty = GrpcRuntime.builder().build();
    var dns =
        assertThrows(
            IllegalStateException.class,
            () ->
                GrpcChannel.builder("localhost:1", ChannelCredentials.plaintext())
                    .runtime(empty)
                    .open());
    assertTrue(
        dns.getMessage().startsWith("no resolver for scheme 'dns': add module grpc.resolver.dns"),
        dns.getMessage());
    var balancer =
        assertThrows(
            IllegalStateException.class,
            () ->
                GrpcChannel.builder(InProcessAddress.unique(), ChannelCredentials.plaintext())
                    .runtime(empty)
                    .open());
    assertTrue(balancer.getMessage().contains("grpc.balancer.pickfirst"), balancer.getMessage());
  }

  private static StatusException failure(GrpcChannel channel, byte[] request, CallOptions options) {
    return assertThrows(StatusException.class, () -> channel.unary(Echo.UNARY, request, options));
  }
}
