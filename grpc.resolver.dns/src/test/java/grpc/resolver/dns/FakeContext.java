package grpc.resolver.dns;

import grpc.api.Status;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Records what is published; runs tasks at once, and timers as its clock is moved. */
final class FakeContext implements ResolverContext, SerialScheduler {
  private record Timer(long due, Runnable task) {}

  final BlockingQueue<ResolverState> published = new LinkedBlockingQueue<>();
  private final List<Timer> timers = new ArrayList<>();
  private long now;
  Status verdict = Status.OK;

  void advance(Duration by) {
    now += by.toNanos();
    timers.stream()
        .filter(t -> t.due <= now)
        .sorted(Comparator.comparingLong(Timer::due))
        .toList()
        .forEach(t -> {
          timers.remove(t);
          t.task.run();
        });
  }

  @Override
  public Status publish(ResolverState resolution) {
    published.add(resolution);
    return verdict;
  }

  @Override
  public SerialScheduler scheduler() {
    return this;
  }

  @Override
  public int defaultPort() {
    return 443;
  }

  @Override
  public synchronized void execute(Runnable task) {
    task.run();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    var timer = new Timer(now + delay.toNanos(), task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public long nanoTime() {
    return now;
  }
}
