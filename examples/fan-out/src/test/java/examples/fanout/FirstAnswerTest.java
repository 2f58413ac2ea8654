package examples.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FirstAnswerTest {
  private static final MethodDescriptor<byte[], byte[]> ASK =
      MethodDescriptor.of("test.Oracle/Ask", MethodType.UNARY, byte[].class, byte[].class, "raw");

  private final CountDownLatch asked = new CountDownLatch(2);
  private final CountDownLatch cancelled = new CountDownLatch(2);

  private byte[] answer(byte[] request) throws InterruptedException {
    switch (new String(request, UTF_8)) {
      case "slow" -> {
        asked.countDown();
        try {
          new CountDownLatch(1).await();
        } finally {
          if (CallContext.CURRENT.get().isCancelled()) {
            cancelled.countDown();
          }
        }
      }
      case "broken" -> throw Status.unavailable("out of order").asException();
      default -> asked.await();
    }
    return request;
  }

  private static Callable<String> call(GrpcChannel channel, String text) {
    return () ->
        new String(channel.unary(ASK, text.getBytes(UTF_8), CallOptions.DEFAULT).message(), UTF_8);
  }

  @Test
  void firstAnswerCountsAndTheOthersAreCancelled() throws Exception {
    var address = InProcessAddress.unique();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(ServiceDefinition.builder("test.Oracle").unary(ASK, this::answer).build())
                .start();
        var channel = GrpcChannel.builder(address, ChannelCredentials.plaintext()).open()) {
      var calls =
          List.of(
              call(channel, "slow"),
              call(channel, "broken"),
              call(channel, "quick"),
              call(channel, "slow"));
      assertEquals("quick", FirstAnswer.of(calls), server::toString);
      cancelled.await();
    }
  }

  @Test
  void allThatFailFailTheWhole() {
    var address = InProcessAddress.unique();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(ServiceDefinition.builder("test.Oracle").unary(ASK, this::answer).build())
                .start();
        var channel = GrpcChannel.builder(address, ChannelCredentials.plaintext()).open()) {
      var calls = List.of(call(channel, "broken"), call(channel, "broken"));
      var e = assertThrows(StatusException.class, () -> FirstAnswer.of(calls), server::toString);
      assertEquals(StatusCode.UNAVAILABLE, e.code());
    }
  }
}
