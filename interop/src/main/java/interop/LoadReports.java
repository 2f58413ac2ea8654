package interop;

import com.google.protobuf.Duration;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.spi.balancer.SubConn;
import grpc.spi.schedule.Backoff;
import interop.proto.OpenRcaServiceClient;
import interop.proto.OrcaLoadReport;
import interop.proto.OrcaLoadReportRequest;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server behind a READY connection for its load (A51), on a thread of its own until {@link
 * #close}. A stream that ends is opened again, at first a second after it was, unless the server
 * has no such service.
 */
final class LoadReports implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoadReports.class);
  private static final OrcaLoadReportRequest REQUEST =
      OrcaLoadReportRequest.newBuilder()
          .setReportInterval(Duration.newBuilder().setNanos(200_000_000))
          .build();

  private final OpenRcaServiceClient server;
  private final String name;
  private final Thread thread;
  private volatile Optional<OrcaLoadReport> newest = Optional.empty();

  /** Starts to ask; on the channel's serial executor. */
  LoadReports(SubConn subConn) {
    this.server = new OpenRcaServiceClient(subConn.channel());
    this.name = subConn.address().socketAddress().toString();
    this.thread = Thread.ofVirtual().name("load reports of " + name).start(this::ask);
  }

  /** {@return the report that came last, if one did} */
  Optional<OrcaLoadReport> newest() {
    return newest;
  }

  private void ask() {
    var backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    while (!Thread.currentThread().isInterrupted()) {
      long next = System.nanoTime() + backoff.next().toNanos();
      try (var reports = server.streamCoreMetrics(REQUEST)) {
        for (var report : reports) {
          newest = Optional.of(report);
          backoff.reset();
        }
      } catch (StatusException e) {
        log.debug("load reports of {}: {}", name, e.status());
        if (e.code() == StatusCode.UNIMPLEMENTED) {
          return;
        }
      }
      try {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
