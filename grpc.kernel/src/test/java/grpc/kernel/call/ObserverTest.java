package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ObserverTest implements Observer {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final TestCalls calls =
      new TestCalls(TestCalls.RETRY, "", RetrySettings.DEFAULT, this, new Indifferent());

  /** Wants to hear of nothing. */
  private static final class Indifferent implements Observer {
    @Override
    public String name() {
      return "indifferent";
    }
  }

  @AfterEach
  void close() {
    calls.close();
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public void connected(String target, SocketAddress address) {
    heard.add("connected " + target + " " + address);
  }

  @Override
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    heard.add("call " + method.methodName() + " " + target);
    return new CallObserver() {
      @Override
      public AttemptObserver attempt(int previous, boolean transparent) {
        String name = "attempt " + previous + (transparent ? " transparent" : "");
        heard.add(name);
        return attemptOf(name);
      }

      @Override
      public void messageSent(int bytes, int wireBytes) {
        heard.add("sent " + bytes + "/" + wireBytes);
      }

      @Override
      public void messageReceived(int bytes, int wireBytes) {
        heard.add("received " + bytes + "/" + wireBytes);
      }

      @Override
      public void ended(Status status) {
        heard.add("ended " + status);
      }
    };
  }

  private AttemptObserver attemptOf(String name) {
    return new AttemptObserver() {
      @Override
      public void picked(SocketAddress address, long waitedNanos) {
        heard.add(name + " picked " + address);
      }

      @Override
      public void messageSent(int wireBytes) {
        heard.add(name + " sent " + wireBytes);
      }

      @Override
      public void messageReceived(int wireBytes) {
        heard.add(name + " received " + wireBytes);
      }

      @Override
      public void ended(Status status) {
        heard.add(name + " ended " + status);
      }
    };
  }

  @Test
  void observerHearsOfCallsAttemptsMessagesAndConnections() throws Exception {
    var answer = calls.unary("hello");
    calls.transport.nextStream().fails(Status.unavailable("down"));
    calls.clock.awaitTimer(Duration.ofSeconds(1));
    calls.clock.pass(Duration.ofSeconds(2));
    calls.transport.nextStream().succeeds("hi");
    assertEquals("hi", answer.get());
    assertTrue(heard.remove("connected address:server /127.0.0.1:1")); // at a time of its own
    assertEquals(
        List.of(
            "call Unary address:server",
            "sent 5/5",
            "attempt 0",
            "attempt 0 picked /127.0.0.1:1",
            "attempt 0 sent 5",
            "attempt 0 ended UNAVAILABLE: down",
            "attempt 1",
            "attempt 1 picked /127.0.0.1:1",
            "attempt 1 sent 5",
            "attempt 1 received 2",
            "received 2/2",
            "attempt 1 ended OK",
            "ended OK"),
        heard);
  }

  @Test
  void streamTellsEachMessage() throws Exception {
    var chat = calls.chat();
    chat.send("a");
    var server = calls.transport.nextStream();
    server.texts(1);
    heard.clear();
    server.answers("bcd");
    chat.receive();
    chat.cancel("enough");
    assertEquals(
        List.of(
            "attempt 0 received 3",
            "received 3/3",
            "attempt 0 ended CANCELLED: enough",
            "ended CANCELLED: enough"),
        heard);
  }
}
