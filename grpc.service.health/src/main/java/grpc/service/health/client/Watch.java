package grpc.service.health.client;

import com.google.protobuf.InvalidProtocolBufferException;
import grpc.api.ConnectivityState;
import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.service.health.proto.HealthCheckRequest;
import grpc.service.health.proto.HealthCheckResponse;
import grpc.service.health.proto.HealthCheckResponse.ServingStatus;
import grpc.spi.failure.Reason;
import grpc.spi.health.HealthContext;
import grpc.spi.schedule.Backoff;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamOptions;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's stream of statuses (A17), opened again when it ends: at once where it told a
 * status and was open for a while, else with backoff, so that a server which tells a status and
 * ends the stream is not asked without end (docs/decisions/0008). A server without the service
 * counts as healthy. Everything happens on the channel's serial executor but for the reading of a
 * stream, which has a virtual thread.
 */
final class Watch implements Cancellable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final String PATH = "/grpc.health.v1.Health/Watch";

  /** How long a stream must be open before its end says nothing against the server. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  /** A response has two bytes. */
  private static final StreamOptions OPTIONS = StreamOptions.of(4096);

  private final HealthContext context;
  private final Backoff backoff;
  private Optional<ClientStream> stream = Optional.empty();
  private Cancellable timer = () -> {};
  private boolean told;
  private long openedNanos;

  Watch(HealthContext context, Backoff backoff) {
    this.context = context;
    this.backoff = backoff;
  }

  void open() {
    told = false;
    openedNanos = context.scheduler().nanoTime();
    var request = HealthCheckRequest.newBuilder().setService(context.service()).build();
    var headers =
        RequestHeaders.of(
            PATH,
            context.authority(),
            RequestHeaders.NO_TIMEOUT,
            "proto",
            RequestHeaders.IDENTITY,
            "",
            Metadata.EMPTY);
    var opened =
        context
            .connection()
            .newStream(
                headers,
                OPTIONS,
                new Message(false, request.toByteString().asReadOnlyByteBuffer()));
    stream = Optional.of(opened);
    Thread.ofVirtual()
        .name("grpc-health " + context.service())
        .inheritInheritableThreadLocals(false)
        .start(() -> read(opened));
  }

  private void read(ClientStream from) {
    try {
      for (var next = from.receive(); next.isPresent(); next = from.receive()) {
        var status = HealthCheckResponse.parseFrom(next.get().payload()).getStatus();
        context.scheduler().execute(() -> heard(from, status));
      }
      var end = from.end().status();
      context.scheduler().execute(() -> ended(from, end));
    } catch (InvalidProtocolBufferException e) {
      var status = Status.internal("a malformed HealthCheckResponse: " + Reason.of(e));
      from.cancel(status);
      context.scheduler().execute(() -> ended(from, status));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      from.cancel(Status.cancelled("interrupted"));
    }
  }

  private boolean isCurrent(ClientStream from) {
    return stream.equals(Optional.of(from));
  }

  private void heard(ClientStream from, ServingStatus status) {
    if (!isCurrent(from)) {
      return;
    }
    told = true;
    if (status == ServingStatus.SERVING) {
      context.update(ConnectivityState.READY);
    } else {
      unhealthy(status.toString());
    }
  }

  private void ended(ClientStream from, Status status) {
    if (!isCurrent(from)) {
      return;
    }
    stream = Optional.empty();
    if (status.code() == StatusCode.UNIMPLEMENTED) {
      log.error(
          "the service config asks for the health of \"{}\", but its server at {} has no health"
              + " service: it counts as healthy",
          context.service(),
          context.authority());
      context.update(ConnectivityState.READY);
      return;
    }
    unhealthy("Watch ended with " + status);
    long open = context.scheduler().nanoTime() - openedNanos;
    if (told && open >= SETTLED.toNanos()) {
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
    var open = stream;
    stream = Optional.empty();
    open.ifPresent(s -> s.cancel(Status.cancelled("the health is not asked for any more")));
  }
}
