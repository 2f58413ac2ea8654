package grpc.service.health;

import grpc.api.Responses;
import grpc.api.Status;
import grpc.service.health.proto.HealthCheckRequest;
import grpc.service.health.proto.HealthCheckResponse;
import grpc.service.health.proto.HealthCheckResponse.ServingStatus;
import grpc.service.health.proto.HealthListRequest;
import grpc.service.health.proto.HealthListResponse;
import grpc.service.health.proto.HealthService;
import grpc.spi.failure.Excerpt;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The statuses of a server's services, and the service that reports them (gRPC's health checking
 * protocol). The server as a whole, with the empty name, is SERVING from the start. Safe for use by
 * any thread.
 */
public final class Health implements HealthService {
  /** The name of the server as a whole. */
  public static final String SERVER = "";

  private static final int MAX_LISTED = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, ServingStatus> statuses = new HashMap<>();
  private boolean stopped;

  /** Starts with a server that is SERVING. */
  public Health() {
    statuses.put(SERVER, ServingStatus.SERVING);
  }

  /**
   * Sets a service's status and reports it to its watches. Has no effect after {@link #stop}.
   *
   * @param service its full name, or {@link #SERVER}
   */
  public void set(String service, ServingStatus status) {
    if (status == ServingStatus.SERVICE_UNKNOWN || status == ServingStatus.UNRECOGNIZED) {
      throw new IllegalArgumentException(
          "status of \""
              + service
              + "\": "
              + status
              + " (expected: SERVING, NOT_SERVING, UNKNOWN)");
    }
    change(() -> statuses.put(service, status));
  }

  /** Forgets a service. */
  public void remove(String service) {
    change(() -> statuses.remove(service));
  }

  /**
   * Pass it to {@code GrpcServerBuilder.onDrain}. Sets all services to NOT_SERVING permanently, so
   * that clients go elsewhere before the server drains. Each watch reports it and ends with OK, so
   * that a draining server need not wait for the watches.
   */
  public void stop() {
    change(() -> {
      statuses.replaceAll((service, status) -> ServingStatus.NOT_SERVING);
      stopped = true; // the watches see it, because change() wakes them
    });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      if (!stopped) {
        change.run();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public HealthCheckResponse check(HealthCheckRequest request) {
    lock.lock();
    try {
      ServingStatus status = statuses.get(request.getService());
      if (status == null) {
        throw Status.notFound("unknown service \"" + Excerpt.of(request.getService()) + "\"")
            .asException();
      }
      return response(status);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public HealthListResponse list(HealthListRequest request) {
    lock.lock();
    try {
      if (statuses.size() > MAX_LISTED) {
        throw Status.resourceExhausted(
                "%d services (List tells %d at most); use Check"
                    .formatted(statuses.size(), MAX_LISTED))
            .asException();
      }
      var response = HealthListResponse.newBuilder();
      statuses.forEach((service, status) -> response.putStatuses(service, response(status)));
      return response.build();
    } finally {
      lock.unlock();
    }
  }

  /** Runs until the client or the connection ends it, or until {@link #stop}. */
  @Override
  public void watch(HealthCheckRequest request, Responses<HealthCheckResponse> responses)
      throws InterruptedException {
    var sent = new Report(ServingStatus.UNRECOGNIZED, false);
    while (!sent.last()) {
      var next = awaitOther(request.getService(), sent.status());
      if (next.status() != sent.status()) {
        responses.send(response(next.status())); // not under the lock: a slow client may block it
      }
      sent = next;
    }
  }

  /** The report of a watch, and whether it is the last one. */
  private record Report(ServingStatus status, boolean last) {}

  private Report awaitOther(String service, ServingStatus sent) throws InterruptedException {
    lock.lock();
    try {
      ServingStatus now = now(service);
      while (now == sent && !stopped) {
        changed.await();
        now = now(service);
      }
      // a service without a status is not served from now on, either
      return stopped ? new Report(ServingStatus.NOT_SERVING, true) : new Report(now, false);
    } finally {
      lock.unlock();
    }
  }

  private ServingStatus now(String service) {
    return statuses.getOrDefault(service, ServingStatus.SERVICE_UNKNOWN);
  }

  private static HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }
}
