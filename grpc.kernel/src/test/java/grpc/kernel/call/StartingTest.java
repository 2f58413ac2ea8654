package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ClientCall;
import grpc.api.StatusException;
import grpc.spi.balancer.PickResult;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that one thread starts while others use it. */
@Timeout(60)
class StartingTest {
  private static final String INTERRUPTED = "CANCELLED: the calling thread was interrupted";

  private static void use(String how, ClientCall<String, String> call) {
    switch (how) {
      case "send" -> call.send("x");
      case "sendLast" -> call.sendLast("x");
      case "halfClose" -> call.halfClose();
      case "receive" -> call.receive();
      case "headers" -> call.headers();
      case "trailers" -> call.trailers();
      default -> call.start();
    }
  }

  private static String interrupted(
      Consumer<ClientCall<String, String>> use, ClientCall<String, String> call) {
    Thread.currentThread().interrupt();
    try {
      use.accept(call);
      return "nothing was thrown";
    } catch (StatusException e) {
      assertTrue(Thread.currentThread().isInterrupted());
      return e.status().toString();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"start", "send", "sendLast", "halfClose", "receive", "headers", "trailers"})
  void interruptIsHeardByWhoWaitsForAnotherThreadToStartTheCall(String how) throws Exception {
    var policy = new AnsweringPolicy(PickResult.QUEUE);
    try (var calls = TestCalls.balancedBy(policy)) {
      var chat = calls.chat();
      var starter = TestCalls.start(() -> chat.receive().orElse("ended"));
      policy.awaitPick();
      var second = new FutureTask<>(() -> interrupted(call -> use(how, call), chat));
      Thread.ofPlatform().daemon().start(second);
      assertEquals(INTERRUPTED, second.get());
      assertEquals(INTERRUPTED, starter.get(), "the call has ended for all");
    }
  }
}
