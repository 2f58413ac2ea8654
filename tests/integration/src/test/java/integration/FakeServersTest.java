package integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.testing.FakeTransport;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole channel whose servers are the test, as the guide to plugins has it. */
@Timeout(30)
class FakeServersTest {
  private static final MethodDescriptor<byte[], byte[]> UNARY = method(MethodType.UNARY);
  private static final MethodDescriptor<byte[], byte[]> SPLIT = method(MethodType.SERVER_STREAMING);
  private static final byte[] REQUEST = {1, 2};
  private static final byte[] RESPONSE = {3};

  private final FakeTransport transport = new FakeTransport();

  private static MethodDescriptor<byte[], byte[]> method(MethodType type) {
    return MethodDescriptor.of("test/call", type, byte[].class, byte[].class, "raw");
  }

  private GrpcChannel open(String target) {
    var runtime = GrpcRuntime.builder().layer(ModuleLayer.boot()).add(transport).build();
    return GrpcChannel.builder(target, ChannelCredentials.plaintext())
        .runtime(runtime)
        .transport("fake")
        .balancingPolicy("round_robin")
        .open();
  }

  @Test
  void testDecidesWhichConnectionComesUpAndWhatACallIsAnswered() throws Exception {
    try (var channel = open("ipv4:192.0.2.1:1,192.0.2.2:1")) {
      var answer = channel.unaryAsync(UNARY, REQUEST, CallOptions.DEFAULT);
      transport.nextConnection().ready();
      transport.nextConnection().fails("refused");
      var stream = transport.nextStream();
      assertEquals(List.of(ByteBuffer.wrap(REQUEST)), stream.requests(1));
      stream.succeeds(RESPONSE);
      assertArrayEquals(RESPONSE, answer.get());
    }
  }

  @Test
  void connectionThatIsLostFailsItsCalls() throws Exception {
    try (var channel = open("ipv4:192.0.2.1:1")) {
      channel.connect();
      var connection = transport.nextConnection();
      connection.ready();
      var call = channel.serverStreaming(SPLIT, REQUEST, CallOptions.DEFAULT);
      transport.nextStream().answers(RESPONSE);
      assertArrayEquals(RESPONSE, call.receive().orElseThrow());
      connection.fails("lost");
      var e = assertThrows(StatusException.class, call::receive);
      assertEquals(Status.unavailable("lost"), e.status());
    }
  }
}
