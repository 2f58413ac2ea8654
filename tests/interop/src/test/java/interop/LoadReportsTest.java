package interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ChannelCredentials;
import grpc.api.Responses;
import grpc.api.ServerCredentials;
import grpc.api.Status;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.spi.schedule.Backoff;
import grpc.testing.FakeScheduler;
import interop.proto.OpenRcaServiceClient;
import interop.proto.OpenRcaServiceService;
import interop.proto.OrcaLoadReport;
import interop.proto.OrcaLoadReportRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a server is asked for its load, on a fake clock; its calls are real. */
@Timeout(30)
class LoadReportsTest implements OpenRcaServiceService {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final OrcaLoadReport REPORT =
      OrcaLoadReport.newBuilder().setCpuUtilization(0.7).build();

  private final Semaphore asked = new Semaphore(0);
  private final BlockingQueue<Consumer<Responses<OrcaLoadReport>>> steps =
      new LinkedBlockingQueue<>();
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final GrpcServer server =
      GrpcServer.builder().listen(0, ServerCredentials.plaintext()).service(this).start();
  private final GrpcChannel channel =
      GrpcChannel.open("ipv4:127.0.0.1:" + server.port(), ChannelCredentials.plaintext());
  private final FakeScheduler time = new FakeScheduler();
  private final LoadReports reports =
      new LoadReports(
          new OpenRcaServiceClient(channel), "the server", time, new Backoff(() -> 0.5));

  @AfterEach
  void close() {
    reports.close();
    channel.close();
    server.close();
  }

  @Override
  public void streamCoreMetrics(OrcaLoadReportRequest request, Responses<OrcaLoadReport> responses)
      throws InterruptedException {
    asked.release();
    try {
      while (true) {
        steps.take().accept(responses);
      }
    } catch (InterruptedException e) {
      cancelled.countDown();
      throw e;
    }
  }

  private void isAsked() throws InterruptedException {
    assertTrue(asked.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS), "not asked");
  }

  /** The stream that was opened last ends, and that is seen. */
  private void ends(Status status) throws InterruptedException {
    isAsked();
    steps.add(responses -> {
      throw status.asException();
    });
    assertTrue(time.await(PATIENCE), "nothing came of it");
  }

  private void isAskedAgainAfter(Duration delay) {
    time.advance(delay.minusMillis(1));
    assertEquals(1, time.pendingTimers(), () -> "sooner than after " + delay);
    time.advance(Duration.ofMillis(1));
    assertEquals(0, time.pendingTimers(), () -> "later than after " + delay);
  }

  @Test
  void serverWithoutTheServiceIsNotAskedAgain() throws InterruptedException {
    reports.ask();
    ends(Status.unimplemented("unknown service"));
    assertEquals(0, time.pendingTimers());
  }

  @Test
  void streamThatEndsIsRepeatedWithBackoff() throws InterruptedException {
    reports.ask();
    ends(Status.unavailable("overloaded"));
    isAskedAgainAfter(Duration.ofSeconds(1));
    ends(Status.unavailable("overloaded"));
    isAskedAgainAfter(Duration.ofMillis(1600));
    isAsked();
  }

  @Test
  void reportIsKeptAndTheBackoffForgotten() throws InterruptedException {
    reports.ask();
    ends(Status.unavailable("overloaded"));
    assertEquals(Optional.empty(), reports.newest());
    time.advance(Duration.ofSeconds(1));
    steps.add(responses -> responses.send(REPORT));
    ends(Status.unavailable("restarting"));
    assertEquals(Optional.of(REPORT), reports.newest());
    isAskedAgainAfter(Duration.ofSeconds(1));
  }

  @Test
  void backoffCountsFromWhenTheStreamWasOpened() throws InterruptedException {
    reports.ask();
    time.advance(Duration.ofMillis(400));
    ends(Status.unavailable("overloaded"));
    isAskedAgainAfter(Duration.ofMillis(600));
    time.advance(Duration.ofMinutes(1));
    ends(Status.unavailable("overloaded"));
    assertEquals(0, time.pendingTimers());
    isAsked();
  }

  @Test
  void closeEndsTheStreamAndItsThread() throws InterruptedException {
    reports.ask();
    isAsked();
    reports.close();
    assertTrue(cancelled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "the stream goes on");
    assertTrue(time.await(PATIENCE), "the thread goes on");
    assertEquals(0, time.pendingTimers());
  }

  @Test
  void closedOnesAreNotAskedForAfterTheBackoff() throws InterruptedException {
    reports.ask();
    ends(Status.unavailable("overloaded"));
    reports.close();
    assertEquals(0, time.pendingTimers());
  }
}
