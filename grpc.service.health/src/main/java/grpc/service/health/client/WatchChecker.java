package grpc.service.health.client;

import grpc.spi.health.HealthChecker;
import grpc.spi.health.HealthContext;
import grpc.spi.schedule.Backoff;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.util.concurrent.ThreadLocalRandom;

/** Watches health with {@code grpc.health.v1.Health/Watch}. */
public final class WatchChecker implements HealthChecker {
  /** For the service loader. */
  public WatchChecker() {}

  @Override
  public String protocol() {
    return "grpc.health.v1";
  }

  @Override
  public Cancellable watch(HealthContext context) {
    var watch = new Watch(context, new Backoff(() -> ThreadLocalRandom.current().nextDouble()));
    watch.open();
    return watch;
  }
}
