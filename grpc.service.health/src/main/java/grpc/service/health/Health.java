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
 * The statuses of a server's services, and the service that tells them (gRPC's health checking
 * protocol). The server as a whole, whose name is empty, serves from the start. Safe for use by any
 * thread.
 */
public final class Health implements HealthService {
  /** The name of the server as a whole. */
  public static final String SERVER = "";

  private static final int MAX_LISTED = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, ServingStatus> statuses = new HashMap<>();
  private boolean stopped;

  /** Statuses of a server that serves. */
  public Health() {
    statuses.put(SERVER, ServingStatus.SERVING);
  }

  /**
   * Sets a service's status and tells those who watch it. After {@link #stop} it does nothing.
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
   * Sets all services to NOT_SERVING for good, so that clients go elsewhere before the server
   * drains; for {@code GrpcServerBuilder.onDrain}. Each watch tells it and ends with OK, so that a
   * server which drains need not wait for those who watch it.
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
    var told = new Told(ServingStatus.UNRECOGNIZED, false);
    while (!told.last()) {
      var next = awaitOther(request.getService(), told.status());
      if (next.status() != told.status()) {
        responses.send(response(next.status())); // not under the lock: a slow client may block it
      }
      told = next;
    }
  }

  /** What a watch tells, and whether it is the last that there is to tell. */
  private record Told(ServingStatus status, boolean last) {}

  private Told awaitOther(String service, ServingStatus told) throws InterruptedException {
    lock.lock();
    try {
      ServingStatus now = now(service);
      while (now == told && !stopped) {
        changed.await();
        now = now(service);
      }
      // a service that nobody has set is not served from now on, either
      return stopped ? new Told(ServingStatus.NOT_SERVING, true) : new Told(now, false);
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
