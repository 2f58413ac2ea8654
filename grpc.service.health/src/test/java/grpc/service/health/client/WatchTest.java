package grpc.service.health.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.api.ClientCall;
import grpc.api.ConnectivityState;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.UnaryResponse;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.service.health.proto.HealthCheckRequest;
import grpc.service.health.proto.HealthCheckResponse;
import grpc.service.health.proto.HealthCheckResponse.ServingStatus;
import grpc.spi.health.HealthContext;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.Backoff;
import grpc.spi.transport.RequestHeaders;
import grpc.testing.Endpoints;
import grpc.testing.FakeConnection;
import grpc.testing.FakeScheduler;
import grpc.testing.FakeStream;
import grpc.testing.FakeTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A17, rule by rule, on a fake clock. */
class WatchTest implements HealthContext {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FakeScheduler time = new FakeScheduler();
  private final FakeTransport transport = new FakeTransport(FakeConnection::ready);
  private final GrpcChannel channel =
      GrpcChannel.builder("ipv4:192.0.2.1:1", ChannelCredentials.plaintext())
          .runtime(runtime())
          .transport("fake")
          .open();
  private final List<ConnectivityState> told = new ArrayList<>();
  private Channel calls = channel;
  private FakeStream stream;
  private final Watch watch = new Watch(this, new Backoff(() -> 0.5));

  @AfterEach
  void close() {
    watch.cancel();
    assertEquals(0, time.pendingTimers(), "timers left behind");
    channel.close();
  }

  private GrpcRuntime runtime() {
    return GrpcRuntime.builder().classLoader(getClass().getClassLoader()).add(transport).build();
  }

  private void opens() throws InterruptedException {
    watch.open();
    opened();
  }

  /** The watch has opened a stream, which is the current one from now on. */
  private void opened() throws InterruptedException {
    stream = transport.nextStream();
  }

  private void assertNoneOpened() {
    assertEquals(0, transport.waitingStreams());
  }

  /** What the stream does next comes from its reader's thread. */
  private void hears() throws InterruptedException {
    assertTrue(time.await(PATIENCE), "nothing came of it");
  }

  private void tells(ServingStatus status) throws InterruptedException {
    stream.answers(HealthCheckResponse.newBuilder().setStatus(status).build().toByteArray());
    hears();
  }

  private void ends(Status status) throws InterruptedException {
    stream.fails(status);
    hears();
  }

  private void assertUnhealthy(String reason) {
    var failure = assertInstanceOf(ConnectivityState.TransientFailure.class, told.getLast());
    assertEquals(StatusCode.UNAVAILABLE, failure.status().code());
    assertTrue(failure.status().message().contains("\"a.B\""), failure::toString);
    assertTrue(failure.status().message().contains(reason), failure::toString);
  }

  @Test
  void asksForTheServiceAndSaysNothingBeforeTheAnswer() throws Exception {
    opens();
    var headers = stream.requestHeaders();
    assertEquals("/grpc.health.v1.Health/Watch", headers.path());
    assertEquals(RequestHeaders.NO_TIMEOUT, headers.timeoutNanos());
    var request = HealthCheckRequest.parseFrom(stream.requests(1).getFirst());
    assertEquals("a.B", request.getService());
    assertEquals(List.of(), told);
  }

  @Test
  void servingIsReady() throws InterruptedException {
    opens();
    tells(ServingStatus.SERVING);
    assertEquals(List.of(ConnectivityState.READY), told);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_SERVING", "UNKNOWN", "SERVICE_UNKNOWN"})
  void everyOtherStatusIsAFailureUntilItServes(ServingStatus status) throws InterruptedException {
    opens();
    tells(status);
    assertUnhealthy(status.toString());
    tells(ServingStatus.SERVING);
    assertEquals(ConnectivityState.READY, told.getLast());
    assertNoneOpened();
  }

  @Test
  void serverWithoutTheServiceIsHealthyAndNotAskedAgain() throws InterruptedException {
    opens();
    ends(Status.unimplemented("unknown service"));
    assertEquals(List.of(ConnectivityState.READY), told);
    time.advance(Duration.ofHours(1));
    assertNoneOpened();
  }

  @Test
  void streamThatEndsWithoutAStatusIsRepeatedWithBackoff() throws InterruptedException {
    opens();
    ends(Status.unavailable("overloaded"));
    assertUnhealthy("overloaded");
    time.advance(Duration.ofMillis(999));
    assertNoneOpened();
    time.advance(Duration.ofMillis(1));
    opened();
    ends(Status.OK);
    time.advance(Duration.ofMillis(1599));
    assertNoneOpened();
    time.advance(Duration.ofMillis(1));
    opened();
  }

  @Test
  void streamThatToldAStatusIsRepeatedAtOnceAndTheBackoffForgotten() throws InterruptedException {
    opens();
    ends(Status.unavailable("overloaded"));
    time.advance(Duration.ofSeconds(1));
    opened();
    tells(ServingStatus.SERVING);
    time.advance(Duration.ofSeconds(1));
    ends(Status.unavailable("restarting"));
    assertUnhealthy("restarting");
    opened();
    ends(Status.unavailable("restarting"));
    assertNoneOpened();
    time.advance(Duration.ofSeconds(1));
    opened();
  }

  @Test
  void streamThatTellsAStatusAndEndsAtOnceIsRepeatedWithBackoff() throws InterruptedException {
    opens();
    for (int millis : new int[] {1000, 1600, 2560}) {
      tells(ServingStatus.SERVING);
      time.advance(Duration.ofMillis(999));
      ends(Status.OK);
      assertUnhealthy("Watch ended");
      time.advance(Duration.ofMillis(millis - 1));
      assertNoneOpened();
      time.advance(Duration.ofMillis(1));
      opened();
    }
  }

  @Test
  void malformedResponseEndsTheStream() throws Exception {
    opens();
    stream.answers(new byte[] {8});
    hears();
    assertUnhealthy("INTERNAL");
    assertEquals(StatusCode.INTERNAL, stream.awaitEnd().code());
  }

  /** A runtime without the codec of the messages. */
  private record WithoutCodec() implements Channel {
    @Override
    public <Q, R> UnaryResponse<R> unary(
        MethodDescriptor<Q, R> method, Q request, CallOptions options) {
      throw new IllegalStateException("no codec");
    }

    @Override
    public <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, CallOptions options) {
      throw new IllegalStateException("no codec");
    }
  }

  @Test
  void runtimeWithoutTheCodecIsToldAsTheReason() throws InterruptedException {
    calls = new WithoutCodec();
    watch.open();
    hears();
    assertUnhealthy("no codec");
  }

  @Test
  void cancelledWatchEndsItsStreamAndSaysNoMore() throws Exception {
    opens();
    tells(ServingStatus.SERVING);
    watch.cancel();
    assertEquals(StatusCode.CANCELLED, stream.awaitEnd().code());
    hears();
    assertEquals(List.of(ConnectivityState.READY), told);
    assertNoneOpened();
  }

  @Test
  void cancelledWatchDoesNotComeBackAfterItsBackoff() throws InterruptedException {
    opens();
    ends(Status.unavailable("overloaded"));
    watch.cancel();
    time.advance(Duration.ofHours(1));
    assertNoneOpened();
  }

  @Override
  public Channel channel() {
    return calls;
  }

  @Override
  public String service() {
    return "a.B";
  }

  @Override
  public Address address() {
    return Endpoints.address(1);
  }

  @Override
  public FakeScheduler scheduler() {
    return time;
  }

  @Override
  public void update(ConnectivityState health) {
    told.add(health);
  }
}
