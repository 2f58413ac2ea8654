package interop;

import com.google.protobuf.Duration;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.spi.balancer.SubConn;
import grpc.spi.schedule.Backoff;
import grpc.spi.schedule.SerialScheduler;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import interop.proto.OpenRcaServiceClient;
import interop.proto.OrcaLoadReport;
import interop.proto.OrcaLoadReportRequest;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server behind a READY connection for its load (A51) until {@link #close}. A stream that
 * ends is opened again, at first a second after it was, unless the server has no such service.
 * Everything happens on the channel's serial executor but for the reading of a stream, which has a
 * virtual thread.
 */
final class LoadReports implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoadReports.class);
  private static final OrcaLoadReportRequest REQUEST =
      OrcaLoadReportRequest.newBuilder()
          .setReportInterval(Duration.newBuilder().setNanos(200_000_000))
          .build();

  private final OpenRcaServiceClient server;
  private final String name;
  private final SerialScheduler scheduler;
  private final Backoff backoff;
  private volatile Optional<OrcaLoadReport> newest = Optional.empty();
  private Cancellable next = () -> {};
  private boolean closed;

  LoadReports(
      OpenRcaServiceClient server, String name, SerialScheduler scheduler, Backoff backoff) {
    this.server = server;
    this.name = name;
    this.scheduler = scheduler;
    this.backoff = backoff;
  }

  /** {@return those of the server behind this connection, being asked for} */
  static LoadReports open(SubConn subConn, SerialScheduler scheduler) {
    var reports =
        new LoadReports(
            new OpenRcaServiceClient(subConn.channel()),
            subConn.address().socketAddress().toString(),
            scheduler,
            new Backoff(() -> ThreadLocalRandom.current().nextDouble()));
    reports.ask();
    return reports;
  }

  /** {@return the report that came last, if one did; on any thread} */
  Optional<OrcaLoadReport> newest() {
    return newest;
  }

  void ask() {
    long asked = scheduler.nanoTime();
    var reader =
        Thread.ofVirtual()
            .name("load reports of " + name)
            .start(() -> {
              var end = read();
              scheduler.execute(() -> ended(end, asked));
            });
    next = reader::interrupt;
  }

  /** How a stream ended, and whether it brought a report. */
  private record End(StatusCode code, boolean reported) {}

  private End read() {
    boolean reported = false;
    try (var reports = server.streamCoreMetrics(REQUEST)) {
      for (var report : reports) {
        newest = Optional.of(report);
        reported = true;
      }
      return new End(StatusCode.OK, reported);
    } catch (StatusException e) {
      log.debug("load reports of {}: {}", name, e.status());
      return new End(e.code(), reported);
    }
  }

  private void ended(End end, long asked) {
    if (closed || end.code() == StatusCode.UNIMPLEMENTED) {
      return;
    }
    if (end.reported()) {
      backoff.reset();
    }
    next = scheduler.schedule(backoff.next().minusNanos(scheduler.nanoTime() - asked), this::ask);
  }

  @Override
  public void close() {
    closed = true;
    next.cancel();
  }
}
