package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** No request is null: the caller learns of it at once, and no call begins. */
@Timeout(60)
@SuppressWarnings("NullAway") // as code without its checks does
class NullMessagesTest {
  private final TestCalls calls = TestCalls.with("");

  @AfterEach
  void close() {
    calls.close();
  }

  private static void refuses(Executable call) {
    assertEquals(
        "request: null (expected: a message)",
        assertThrows(NullPointerException.class, call).getMessage());
  }

  @Test
  void requestThatIsNullBeginsNoCall() {
    refuses(() -> calls.channel.unary(TestCalls.UNARY, null, CallOptions.DEFAULT));
    refuses(() -> calls.channel.serverStreaming(TestCalls.SPLIT, null, CallOptions.DEFAULT));
    assertEquals(0, calls.transport.connections().size());
  }

  @Test
  void messageThatIsNullIsNotSentAndTheCallGoesOn() throws Exception {
    try (var chat = calls.chat()) {
      refuses(() -> chat.sendLast(null));
      refuses(() -> chat.send(null));
      chat.sendLast("hello");
      var stream = calls.transport.nextStream();
      stream.succeeds("world");
      assertEquals("world", chat.receive().orElseThrow());
      chat.trailers();
    }
  }
}
