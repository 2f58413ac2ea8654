package interop;

import grpc.api.Responses;
import grpc.api.Status;
import interop.proto.OpenRcaServiceService;
import interop.proto.OrcaLoadReport;
import interop.proto.OrcaLoadReportRequest;
import interop.proto.TestOrcaReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The load that a test server pretends to have, and the service that reports it (A51). One call at
 * a time decides on the load; others wait until it ends. Reports end with UNAVAILABLE when the
 * server drains: a stream that goes on for ever would keep it from ending.
 */
final class ServerLoad implements OpenRcaServiceService {
  /** Shorter than what A51 has servers choose, 30 s: a test would wait for it. */
  private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

  private final Semaphore deciding = new Semaphore(1);
  private final CountDownLatch draining = new CountDownLatch(1);
  private volatile OrcaLoadReport load = OrcaLoadReport.getDefaultInstance();

  @Override
  public void streamCoreMetrics(OrcaLoadReportRequest request, Responses<OrcaLoadReport> responses)
      throws InterruptedException {
    long pause = pauseNanos(request);
    do {
      responses.send(load);
    } while (!draining.await(pause, TimeUnit.NANOSECONDS));
    throw Status.unavailable("the server is draining").asException();
  }

  /** Ends the reports for good; for {@code GrpcServerBuilder.onDrain}. */
  void drain() {
    draining.countDown();
  }

  /** {@return the interval that is asked for, unless it is too short} */
  static long pauseNanos(OrcaLoadReportRequest request) {
    var asked = request.getReportInterval();
    var interval = Duration.ofSeconds(asked.getSeconds(), asked.getNanos());
    return (interval.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : interval).toNanos();
  }

  /** One call's say in the load, from the first time that it uses it; for the call's thread. */
  final class Decision implements AutoCloseable {
    private boolean made;

    void set(TestOrcaReport wanted) throws InterruptedException {
      if (!made) {
        deciding.acquire();
        made = true;
      }
      load = Orca.reportOf(wanted);
    }

    /** There is no load any more, and others may decide. */
    @Override
    public void close() {
      if (made) {
        load = OrcaLoadReport.getDefaultInstance();
        deciding.release();
      }
    }
  }
}
