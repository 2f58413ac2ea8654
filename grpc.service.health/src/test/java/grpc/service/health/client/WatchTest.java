package grpc.service.health.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.service.health.proto.HealthCheckRequest;
import grpc.service.health.proto.HealthCheckResponse;
import grpc.service.health.proto.HealthCheckResponse.ServingStatus;
import grpc.spi.health.HealthContext;
import grpc.spi.schedule.Backoff;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.RequestHeaders;
import grpc.testing.FakeConnection;
import grpc.testing.FakeScheduler;
import grpc.testing.FakeStream;
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
  private final FakeConnection connection = FakeConnection.alone();
  private final List<ConnectivityState> told = new ArrayList<>();
  private final Watch watch = new Watch(this, new Backoff(() -> 0.5));

  @AfterEach
  void close() {
    watch.cancel();
    assertEquals(0, time.pendingTimers(), "timers left behind");
  }

  /** What the stream does next comes from its reader's thread. */
  private void hears() throws InterruptedException {
    assertTrue(time.await(PATIENCE), "nothing came of it");
  }

  private FakeStream stream() {
    return connection.streams().getLast();
  }

  private int streamCount() {
    return connection.streams().size();
  }

  private void tells(ServingStatus status) throws InterruptedException {
    stream().answers(HealthCheckResponse.newBuilder().setStatus(status).build().toByteArray());
    hears();
  }

  private void ends(Status status) throws InterruptedException {
    stream().fails(status);
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
    watch.open();
    var headers = stream().requestHeaders();
    assertEquals("/grpc.health.v1.Health/Watch", headers.path());
    assertEquals("backends", headers.authority());
    assertEquals(RequestHeaders.NO_TIMEOUT, headers.timeoutNanos());
    var request = HealthCheckRequest.parseFrom(stream().requests(1).getFirst());
    assertEquals("a.B", request.getService());
    assertEquals(List.of(), told);
  }

  @Test
  void servingIsReady() throws InterruptedException {
    watch.open();
    tells(ServingStatus.SERVING);
    assertEquals(List.of(ConnectivityState.READY), told);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_SERVING", "UNKNOWN", "SERVICE_UNKNOWN"})
  void everyOtherStatusIsAFailureUntilItServes(ServingStatus status) throws InterruptedException {
    watch.open();
    tells(status);
    assertUnhealthy(status.toString());
    tells(ServingStatus.SERVING);
    assertEquals(ConnectivityState.READY, told.getLast());
    assertEquals(1, streamCount());
  }

  @Test
  void serverWithoutTheServiceIsHealthyAndNotAskedAgain() throws InterruptedException {
    watch.open();
    ends(Status.unimplemented("unknown service"));
    assertEquals(List.of(ConnectivityState.READY), told);
    time.advance(Duration.ofHours(1));
    assertEquals(1, streamCount());
  }

  @Test
  void streamThatEndsWithoutAStatusIsRepeatedWithBackoff() throws InterruptedException {
    watch.open();
    ends(Status.unavailable("overloaded"));
    assertUnhealthy("overloaded");
    time.advance(Duration.ofMillis(999));
    assertEquals(1, streamCount());
    time.advance(Duration.ofMillis(1));
    assertEquals(2, streamCount());
    ends(Status.OK);
    time.advance(Duration.ofMillis(1599));
    assertEquals(2, streamCount());
    time.advance(Duration.ofMillis(1));
    assertEquals(3, streamCount());
  }

  @Test
  void streamThatToldAStatusIsRepeatedAtOnceAndTheBackoffForgotten() throws InterruptedException {
    watch.open();
    ends(Status.unavailable("overloaded"));
    time.advance(Duration.ofSeconds(1));
    tells(ServingStatus.SERVING);
    time.advance(Duration.ofSeconds(1));
    ends(Status.unavailable("restarting"));
    assertUnhealthy("restarting");
    assertEquals(3, streamCount());
    ends(Status.unavailable("restarting"));
    time.advance(Duration.ofSeconds(1));
    assertEquals(4, streamCount());
  }

  @Test
  void streamThatTellsAStatusAndEndsAtOnceIsRepeatedWithBackoff() throws InterruptedException {
    watch.open();
    for (int millis : new int[] {1000, 1600, 2560}) {
      int before = streamCount();
      tells(ServingStatus.SERVING);
      time.advance(Duration.ofMillis(999));
      ends(Status.OK);
      assertUnhealthy("Watch ended");
      time.advance(Duration.ofMillis(millis - 1));
      assertEquals(before, streamCount());
      time.advance(Duration.ofMillis(1));
      assertEquals(before + 1, streamCount());
    }
  }

  @Test
  void malformedResponseEndsTheStream() throws Exception {
    watch.open();
    stream().answers(new byte[] {8});
    hears();
    assertUnhealthy("malformed HealthCheckResponse");
    assertEquals(StatusCode.INTERNAL, stream().awaitEnd().code());
  }

  @Test
  void cancelledWatchEndsItsStreamAndSaysNoMore() throws Exception {
    watch.open();
    tells(ServingStatus.SERVING);
    watch.cancel();
    assertEquals(StatusCode.CANCELLED, stream().awaitEnd().code());
    hears();
    assertEquals(List.of(ConnectivityState.READY), told);
    assertEquals(1, streamCount());
  }

  @Test
  void cancelledWatchDoesNotComeBackAfterItsBackoff() throws InterruptedException {
    watch.open();
    ends(Status.unavailable("overloaded"));
    watch.cancel();
    time.advance(Duration.ofHours(1));
    assertFalse(streamCount() > 1);
  }

  @Override
  public ClientTransport connection() {
    return connection;
  }

  @Override
  public String service() {
    return "a.B";
  }

  @Override
  public String authority() {
    return "backends";
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
