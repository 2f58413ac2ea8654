package grpc.kernel.subchannel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.ConnectivityState;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.kernel.call.CallingPolicy;
import grpc.kernel.call.TestCalls;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.balancer.SubConn;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import grpc.spi.transport.StreamEnd.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The calls that a policy makes on its connection. */
@Timeout(60)
class DirectChannelsTest implements Observer {
  private static final CallOptions WAIT = CallOptions.DEFAULT.withWaitForReady(true);

  private final CallingPolicy policy = new CallingPolicy();
  private final List<String> observed = new CopyOnWriteArrayList<>();
  private final TestCalls calls =
      new TestCalls(TestCalls.RETRY + ",'timeout': '1s'", "", RetrySettings.DEFAULT, policy, this);

  @BeforeEach
  void start() {
    calls.core.connect();
    policy.channel();
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
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    observed.add(method.methodName());
    return CallObserver.NONE;
  }

  private void connected() throws InterruptedException {
    policy.tell(SubConn::connect);
    policy.awaitState(ConnectivityState.READY);
  }

  private String direct(String request, CallOptions options) throws Exception {
    return TestCalls.start(() -> policy.unary(request, options)).get();
  }

  private ClientCall<String, String> split() {
    var call = policy.channel().call(TestCalls.SPLIT, CallOptions.DEFAULT);
    call.send("ask");
    call.halfClose();
    return call;
  }

  private static String end(ClientCall<String, String> call) throws Exception {
    return TestCalls.start(() -> call.receive().orElse("OK")).get();
  }

  @Test
  void callIsMadeByNoServiceConfigAndObservedByNobody() throws Exception {
    connected();
    var answer = TestCalls.start(() -> policy.unary("load?", CallOptions.DEFAULT));
    var stream = calls.transport.nextStream();
    assertEquals("/test.Calls/Unary", stream.requestHeaders().path());
    assertEquals(Long.MAX_VALUE, stream.requestHeaders().timeoutNanos());
    stream.succeeds("little");
    assertEquals("little", answer.get());
    assertEquals(List.of(), observed);
    var ordinary = calls.unary("hello");
    calls.transport.nextStream().succeeds("hi");
    assertEquals("hi", ordinary.get());
    assertEquals(List.of("Unary"), observed);
  }

  @Test
  void callThatFailsIsNotRetried() throws Exception {
    connected();
    var answer = TestCalls.start(() -> policy.unary("load?", CallOptions.DEFAULT));
    calls.transport.nextStream().fails(Status.unavailable("down"));
    assertEquals("UNAVAILABLE: down", answer.get());
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void requestThatNoServerHasSeenIsNotRepeated() throws Exception {
    connected();
    var refused = Status.unavailable("refused");
    var answer = TestCalls.start(() -> policy.unary("load?", CallOptions.DEFAULT));
    calls.transport.nextStream().ends(refused, Metadata.EMPTY, Progress.UNPROCESSED);
    assertEquals("UNAVAILABLE: refused", answer.get());
    try (var call = split()) {
      calls.transport.nextStream().ends(refused, Metadata.EMPTY, Progress.NOT_SENT);
      assertEquals("UNAVAILABLE: refused", end(call));
    }
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void callFailsWhileThereIsNoConnectionThoughItWaitsForReady() throws Exception {
    String none = "UNAVAILABLE: no connection to /127.0.0.1:1 to call on directly: it ";
    assertEquals(none + "is IDLE", direct("load?", WAIT));
    connected();
    calls.transport.newest().goesAway("GOAWAY");
    policy.awaitState(ConnectivityState.IDLE);
    assertEquals(none + "is IDLE", direct("load?", WAIT));
    policy.tell(SubConn::shutdown);
    policy.awaitState(ConnectivityState.SHUTDOWN);
    assertEquals(none + "was shut down", direct("load?", WAIT));
    assertEquals(0, calls.transport.waitingStreams());
  }

  @Test
  void runningCallEndsWithTheStatusOfTheConnectionThoughThatDrains() throws Exception {
    connected();
    try (var call = split()) {
      var stream = calls.transport.nextStream();
      stream.answers("much");
      assertEquals("much", end(call));
      calls.transport.newest().goesAway("GOAWAY");
      assertEquals("UNAVAILABLE: GOAWAY", stream.awaitEnd().toString());
      assertEquals("UNAVAILABLE: GOAWAY", end(call));
    }
  }

  @Test
  void callIsMadeAgainOnTheNextConnection() throws Exception {
    connected();
    calls.clock.pass(Duration.ofSeconds(1)); // else the next connection waits for its backoff
    calls.transport.newest().goesAway("GOAWAY");
    policy.awaitState(ConnectivityState.IDLE);
    connected();
    var answer = TestCalls.start(() -> policy.unary("load?", CallOptions.DEFAULT));
    calls.transport.nextStream().succeeds("little");
    assertEquals("little", answer.get());
  }

  @Test
  void runningCallEndsWithItsSubchannelWhereAnOrdinaryOneGoesOn() throws Exception {
    connected();
    var ordinary = calls.unary("hello");
    var goesOn = calls.transport.nextStream();
    try (var call = split()) {
      calls.transport.nextStream();
      policy.tell(SubConn::shutdown);
      assertEquals("UNAVAILABLE: the subchannel to /127.0.0.1:1 was shut down", end(call));
    }
    goesOn.succeeds("hi");
    assertEquals("hi", ordinary.get());
  }

  @Test
  void deadlineEndsTheCall() throws Exception {
    connected();
    var second = CallOptions.timeout(Duration.ofSeconds(1));
    var answer = TestCalls.start(() -> policy.unary("load?", second));
    calls.transport.nextStream();
    calls.clock.awaitTimer(Duration.ofSeconds(1));
    calls.clock.pass(Duration.ofSeconds(1));
    assertEquals(
        "DEADLINE_EXCEEDED: no answer from address:server to test.Calls/Unary within 1000 ms",
        answer.get());
  }

  @Test
  void subchannelHasOneChannel() throws Exception {
    var again = new CompletableFuture<Channel>();
    policy.tell(subConn -> again.complete(subConn.channel()));
    assertSame(policy.channel(), again.get());
  }
}
