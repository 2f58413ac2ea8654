package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the helpers leave behind when an interceptor, or whatever is below them, throws. */
class ChannelTest {
  private static final CallOptions OPTIONS = CallOptions.DEFAULT;

  private final List<String> done = new ArrayList<>();
  private final Error thrown = new AssertionError("an interceptor's");
  private String failing = "";

  private final Channel channel =
      new Channel() {
        @Override
        public <Q, R> UnaryResponse<R> unary(
            MethodDescriptor<Q, R> method, Q request, CallOptions options) {
          throw new UnsupportedOperationException();
        }

        @Override
        public <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, CallOptions options) {
          return new Scripted<>();
        }
      };

  private final class Scripted<Q, R> implements ClientCall<Q, R> {
    private void does(String what) {
      done.add(what);
      if (failing.contains(what)) {
        throw thrown;
      }
    }

    @Override
    public void start() {
      does("start");
    }

    @Override
    public boolean send(Q message) {
      does("send");
      return true;
    }

    @Override
    public boolean sendLast(Q message) {
      does("sendLast");
      return true;
    }

    @Override
    public void compressMessages(boolean compress) {}

    @Override
    public void halfClose() {
      does("halfClose");
    }

    @Override
    public Metadata headers() {
      return Metadata.EMPTY;
    }

    @Override
    public Optional<R> receive() {
      does("receive");
      return Optional.empty();
    }

    @Override
    public Metadata trailers() {
      return Metadata.EMPTY;
    }

    @Override
    public Optional<Peer> peer() {
      return Optional.empty();
    }

    @Override
    public void cancel(String reason) {
      does("cancel");
    }
  }

  private static MethodDescriptor<String, String> method(MethodType type) {
    return MethodDescriptor.of("a.B/C", type, String.class, String.class, "text");
  }

  private void assertCancelled(String what, Executable call) {
    failing = what;
    assertSame(thrown, assertThrows(AssertionError.class, call));
    assertEquals(List.of(what, "cancel"), done);
  }

  @Test
  void requestThatCannotBeSentCancelsItsCall() {
    assertCancelled(
        "sendLast",
        () -> channel.serverStreaming(method(MethodType.SERVER_STREAMING), "q", OPTIONS));
  }

  @Test
  void callThatCannotStartIsCancelled() {
    assertCancelled(
        "start", () -> channel.clientStreaming(method(MethodType.CLIENT_STREAMING), OPTIONS));
    done.clear();
    assertCancelled(
        "start", () -> channel.bidiStreaming(method(MethodType.BIDI_STREAMING), OPTIONS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"halfClose", "receive"})
  void finishThatThrowsCancelsItsCall(String what) {
    var stream = channel.clientStreaming(method(MethodType.CLIENT_STREAMING), OPTIONS);
    failing = what;
    assertSame(thrown, assertThrows(AssertionError.class, stream::finish));
    assertEquals("cancel", done.getLast());
  }

  @Test
  void cancellationThatThrowsTooHidesNothing() {
    failing = "start cancel";
    var e =
        assertThrows(
            AssertionError.class,
            () -> channel.bidiStreaming(method(MethodType.BIDI_STREAMING), OPTIONS));
    assertSame(thrown, e);
  }

  @Test
  void secondFinishSaysSo() {
    var stream = channel.clientStreaming(method(MethodType.CLIENT_STREAMING), OPTIONS);
    assertThrows(StatusException.class, stream::finish);
    var e = assertThrows(IllegalStateException.class, stream::finish);
    assertTrue(e.getMessage().startsWith("finish() was called before"), e.getMessage());
  }

  @Test
  void threadThatAnswersNoCallIsToldWhatToDo() {
    var e = assertThrows(IllegalStateException.class, CallContext::current);
    assertTrue(e.getMessage().contains(Thread.currentThread().getName()), e.getMessage());
    assertTrue(e.getMessage().contains("CallContext.wrap(task)"), e.getMessage());
  }
}
