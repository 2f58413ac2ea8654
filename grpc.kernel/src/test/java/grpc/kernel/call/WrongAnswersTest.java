package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ResponseHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers to a unary call that no server should give. */
@Timeout(60)
class WrongAnswersTest {
  private final TestCalls calls = TestCalls.with("");

  @AfterEach
  void close() {
    calls.close();
  }

  @Test
  void okWithoutAMessageIsInternal() throws Exception {
    var answer = calls.unary("hello");
    var stream = calls.transport.nextStream();
    stream.answersHeaders();
    stream.fails(Status.OK);
    assertEquals(
        Status.internal("the server answered a unary call with OK but no message").toString(),
        answer.get());
  }

  @Test
  void severalMessagesAreInternal() throws Exception {
    var answer = calls.unary("hello");
    var stream = calls.transport.nextStream();
    stream.answers("one");
    stream.answers("two");
    assertEquals(
        Status.internal("the server answered a unary call with several messages").toString(),
        answer.get());
    stream.awaitEnd();
  }

  @Test
  void encodingThatWasNotOfferedIsInternal() throws Exception {
    var answer = calls.unary("hello");
    var stream = calls.transport.nextStream();
    stream.answersHeaders(ResponseHeaders.of("text", "snappy", "", Metadata.EMPTY));
    stream.answers("compressed, it says");
    stream.fails(Status.OK);
    assertTrue(answer.get().contains("INTERNAL"), answer.get());
    assertTrue(answer.get().contains("compresses with 'snappy'"), answer.get());
  }
}
