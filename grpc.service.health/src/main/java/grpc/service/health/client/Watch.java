package grpc.service.health.client;

import grpc.api.CallOptions;
import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.service.health.proto.HealthCheckRequest;
import grpc.service.health.proto.HealthCheckResponse.ServingStatus;
import grpc.service.health.proto.HealthClient;
import grpc.spi.failure.Reason;
import grpc.spi.health.HealthContext;
import grpc.spi.schedule.Backoff;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's stream of statuses (A17). When the stream ends, it opens another: at once if the
 * stream brought a status and was open for a while, else with backoff. So it does not flood a
 * server that sends a status and ends the stream (docs/decisions/0008). A server without the
 * service counts as healthy. Everything runs on the channel's serial executor, except reading a
 * stream, which has a virtual thread.
 */
final class Watch implements Cancellable {
  private static final Logger log = LoggerFactory.getLogger("grpc.health");

  /** The time that a stream must be open before its end counts as normal. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  /** The limit of a response, which has two bytes. */
  private static final CallOptions OPTIONS = CallOptions.DEFAULT.withMaxReceiveMessageSize(4096);

  private final HealthContext context;
  private final Backoff backoff;
  private Optional<Thread> reader = Optional.empty();
  private Cancellable timer = () -> {};
  private boolean reported;
  private long openedNanos;

  Watch(HealthContext context, Backoff backoff) {
    this.context = context;
    this.backoff = backoff;
  }

  void open() {
    reported = false;
    openedNanos = context.scheduler().nanoTime();
    var health = new HealthClient(context.channel()).with(OPTIONS);
    var started =
        Thread.ofVirtual()
            .name("grpc-health " + context.service())
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> read(health));
    reader = Optional.of(started);
    started.start();
  }

  private void read(HealthClient health) {
    var self = Thread.currentThread();
    var end = read(health, self);
    context.scheduler().execute(() -> ended(self, end));
  }

  /** Reads a stream to its end. */
  private Status read(HealthClient health, Thread self) {
    var request = HealthCheckRequest.newBuilder().setService(context.service()).build();
    try (var responses = health.watch(request)) {
      for (var response : responses) {
        context.scheduler().execute(() -> received(self, response.getStatus()));
      }
      return Status.OK;
    } catch (StatusException e) {
      return e.status();
    } catch (IllegalStateException e) { // the runtime has no codec for the messages
      return Status.internal(Reason.of(e));
    }
  }

  private boolean isCurrent(Thread from) {
    return reader.equals(Optional.of(from));
  }

  private void received(Thread from, ServingStatus status) {
    if (!isCurrent(from)) {
      return;
    }
    reported = true;
    if (status == ServingStatus.SERVING) {
      context.update(ConnectivityState.READY);
    } else {
      unhealthy(status.toString());
    }
  }

  private void ended(Thread from, Status status) {
    if (!isCurrent(from)) {
      return;
    }
    reader = Optional.empty();
    if (status.code() == StatusCode.UNIMPLEMENTED) {
      log.error(
          "the service config asks for the health of \"{}\", but its server at {} has no health"
              + " service: it counts as healthy",
          context.service(),
          context.address());
      context.update(ConnectivityState.READY);
      return;
    }
    unhealthy("Watch ended with " + status);
    long open = context.scheduler().nanoTime() - openedNanos;
    if (reported && open >= SETTLED.toNanos()) {
      backoff.reset();
      open();
    } else {
      timer = context.scheduler().schedule(backoff.next(), this::open);
    }
  }

  private void unhealthy(String reason) {
    context.update(
        new ConnectivityState.TransientFailure(
            Status.unavailable(
                "connected, but the health of service \"%s\" is: %s"
                    .formatted(context.service(), reason))));
  }

  @Override
  public void cancel() {
    timer.cancel();
    var open = reader;
    reader = Optional.empty();
    open.ifPresent(Thread::interrupt); // which cancels its call
  }
}
