package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.service.health.Health;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Strangers learn that something failed; what it was, and where, is for the server's log. */
@Timeout(60)
class DiagnosisTest {
  private static final byte[] NO_MESSAGE = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff};
  private static final CallOptions AS_PROTO = CallOptions.DEFAULT.withContentSubtype("proto");
  private static final MethodDescriptor<byte[], byte[]> CHECK =
      MethodDescriptor.of(
          "grpc.health.v1.Health/Check", MethodType.UNARY, byte[].class, byte[].class, "raw");
  private static final MethodDescriptor<byte[], byte[]> WATCH =
      MethodDescriptor.of(
          "grpc.health.v1.Health/Watch",
          MethodType.SERVER_STREAMING,
          byte[].class,
          byte[].class,
          "raw");

  private static Stream<Function<ServiceDefinition, Link>> transports() {
    return Stream.of(Link::serving, Link::servingOverTcp);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void requestThatIsNoMessageIsToldByItsName(Function<ServiceDefinition, Link> transport) {
    var expected = Status.internal("cannot parse grpc.health.v1.HealthCheckRequest");
    try (var log = new CapturedLog("grpc.message", Level.DEBUG);
        var link = transport.apply(new Health().definition())) {
      var e =
          assertThrows(
              StatusException.class, () -> link.channel().unary(CHECK, NO_MESSAGE, AS_PROTO));
      assertEquals(expected, e.status());
      try (var watch = link.channel().serverStreaming(WATCH, NO_MESSAGE, AS_PROTO)) {
        assertEquals(expected, assertThrows(StatusException.class, watch::receive).status());
      }
      assertEquals(2, log.lines().size(), log.lines()::toString);
      assertTrue(log.thrown().contains("ProtoMarshaller in grpc.codec.protobuf"), log.thrown());
    }
  }
}
