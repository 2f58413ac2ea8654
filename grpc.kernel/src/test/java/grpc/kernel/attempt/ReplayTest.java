package grpc.kernel.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ClientCall;
import grpc.kernel.call.TestCalls;
import grpc.kernel.retry.RetryBudget;
import grpc.kernel.retry.RetryBuffer;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.transport.Message;
import grpc.testing.FakeStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which the sender and the reader of one call may come to an attempt's messages. */
@Timeout(60)
class ReplayTest {
  private static final String HEDGE =
      "'hedgingPolicy': {'maxAttempts': 2, 'hedgingDelay': '2s', 'nonFatalStatusCodes': []}";

  private final TestCalls calls = TestCalls.with("");
  private final RetryBuffer buffer = new RetryBuffer(new RetryBudget(RetrySettings.DEFAULT));
  private final ClientCall<String, String> chat = calls.chat();
  private FakeStream server;
  private Replay replay;

  @BeforeEach
  void start() throws InterruptedException {
    chat.start();
    server = calls.transport.nextStream();
    replay = new Replay(new CallAttempt(lifetime()), server, buffer, false);
  }

  private CallLifetime lifetime() {
    var retries = new Retries(RetrySettings.DEFAULT);
    return new CallLifetime(calls.core.environment(), retries, TestCalls.CHAT, CallOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    chat.cancel("the test is over");
    calls.close();
  }

  private static Message message(String text) {
    return new Message(false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void messageAddedAfterTheChoiceIsSent() throws Exception {
    buffer.add(message("1"));
    assertTrue(replay.catchUp());
    replay.choose();
    buffer.add(message("2"));
    assertTrue(replay.catchUp());
    assertTrue(replay.pass(message("3")));
    assertEquals(List.of("1", "2", "3"), server.texts(3));
  }

  @Test
  void messageAddedBeforeTheChoiceIsSentBeforeWhatPassesTheBuffer() throws Exception {
    buffer.add(message("1"));
    assertTrue(replay.catchUp());
    buffer.add(message("2"));
    replay.choose();
    assertTrue(replay.pass(message("3")));
    assertEquals(List.of("1", "2", "3"), server.texts(3));
  }

  @Test
  void halfCloseAfterTheChoiceWaitsForTheMessageInTheBuffer() throws Exception {
    buffer.add(message("1"));
    assertTrue(replay.catchUp());
    replay.choose();
    buffer.add(message("2"));
    buffer.halfClose();
    assertFalse(buffer.endsAt(replay.sent()));
    replay.finish();
    server.awaitHalfClose();
    assertEquals(List.of("1", "2"), server.texts(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", TestCalls.RETRY, HEDGE})
  void nothingIsLostWhereTheResponseBeginsWhileTheCallSends(String policy) throws Exception {
    try (var others = TestCalls.with(policy)) {
      for (int i = 0; i < 2_000; i++) {
        sendWhileTheResponseBegins(others, i);
      }
    }
  }

  private static void sendWhileTheResponseBegins(TestCalls calls, int number) throws Exception {
    try (var call = calls.chat()) {
      call.send("first");
      var peer = calls.transport.nextStream();
      var go = new CyclicBarrier(2);
      var reader =
          new FutureTask<>(() -> {
            go.await();
            peer.answers("answer");
            return call.receive().orElseThrow();
          });
      Thread.ofPlatform().start(reader);
      var sent = new ArrayList<>(List.of("first"));
      go.await();
      // Half of the calls send until the response has begun, so that one message meets it. A call
      // that waited here would send before or after it, and never with it.
      boolean untilItHasBegun = number % 2 == 0;
      for (int i = 0; i <= number % 20 || untilItHasBegun && !reader.isDone(); i++) {
        sent.add("" + i);
        assertTrue(call.send("" + i));
      }
      call.halfClose();
      peer.awaitHalfClose();
      assertTrue(sent.equals(peer.texts(0)), () -> "call " + number + " has lost a message");
      assertEquals("answer", reader.get());
    }
  }
}
