package grpc.resolver.dns;

import grpc.api.Attributes;
import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.HostPort;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.Backoff;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks a host up when the channel starts and whenever it asks again, no more often than every 30
 * s; after a failure by itself, with backoff; where wanted, when the records' TTL is over. Lookups
 * block, so each has a thread of its own.
 */
final class DnsResolver implements Resolver {
  private enum Phase {
    /** A result stands; a hint or the TTL may start the next lookup. */
    RESTING,
    /** A lookup is under way or has its time. */
    BUSY,
    CLOSED
  }

  private static final Logger log = LoggerFactory.getLogger(DnsResolver.class);
  private static final Duration LEAST_BETWEEN = Duration.ofSeconds(30);

  private final ResolverContext context;
  private final HostPort target;
  private final Lookup lookup;
  private final ConfigChooser chooser;
  private final Optional<Duration> leastRefresh;
  private final Backoff backoff;
  private final Executor threads;

  // on the scheduler
  private Phase phase = Phase.RESTING;
  private long resolvedNanos;
  private boolean everResolved;
  private Optional<String> config = Optional.empty();
  private Duration mostBetween = LEAST_BETWEEN;
  private Cancellable timer = () -> {};

  DnsResolver(
      ResolverContext context,
      HostPort target,
      Lookup lookup,
      ConfigChooser chooser,
      Optional<Duration> leastRefresh,
      Backoff backoff,
      Executor threads) {
    this.context = context;
    this.target = target;
    this.lookup = lookup;
    this.chooser = chooser;
    this.leastRefresh = leastRefresh;
    this.backoff = backoff;
    this.threads = threads;
  }

  @Override
  public void start() {
    phase = Phase.BUSY;
    resolve();
  }

  @Override
  public void resolveNow() {
    if (phase == Phase.RESTING) {
      phase = Phase.BUSY;
      timer.cancel();
      long since = context.scheduler().nanoTime() - resolvedNanos;
      after(mostBetween.minusNanos(since));
    }
  }

  @Override
  public void close() {
    phase = Phase.CLOSED;
    timer.cancel();
  }

  private void after(Duration delay) {
    if (delay.isPositive()) {
      timer = context.scheduler().schedule(delay, this::resolve);
    } else {
      resolve();
    }
  }

  private void resolve() {
    if (phase != Phase.CLOSED) {
      phase = Phase.BUSY;
      threads.execute(this::look);
    }
  }

  private void look() {
    try {
      var answer = lookup.ask(target.host());
      var choice = chooser.choose(answer.texts());
      context.scheduler().execute(() -> found(answer, choice));
    } catch (IOException | RuntimeException e) {
      context.scheduler().execute(() -> failed(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.scheduler().execute(() -> failed("the lookup was interrupted"));
    }
  }

  private void found(Answer answer, ConfigChoice choice) {
    switch (choice) {
      case ConfigChoice.Chosen chosen -> config = chosen.json();
      case ConfigChoice.Unknown unknown -> {}
      case ConfigChoice.Malformed malformed -> {
        if (!everResolved) { // A2: no config to keep
          failed(malformed.message());
          return;
        }
        log.warn("{}: {} (keeping the last)", target.host(), malformed.message());
      }
    }
    if (phase != Phase.CLOSED) {
      publish(answer);
    }
  }

  private void publish(Answer answer) {
    var endpoints =
        answer.addresses().stream()
            .map(a -> new Endpoint(new Address(new InetSocketAddress(a, target.port()))))
            .toList();
    var used = context.publish(resolved(endpoints));
    if (used.isOk()) {
      everResolved = true;
      backoff.reset();
      rest(answer.ttl());
    } else {
      after(backoff.next()); // the channel cannot use it (ResolverContext.publish)
    }
  }

  private ResolverState.Resolved resolved(List<Endpoint> endpoints) {
    return new ResolverState.Resolved(endpoints, config, Attributes.EMPTY);
  }

  private void rest(Duration ttl) {
    phase = Phase.RESTING;
    resolvedNanos = context.scheduler().nanoTime();
    leastRefresh.ifPresent(least -> {
      var refresh = ttl.compareTo(least) < 0 ? least : ttl;
      mostBetween = refresh.compareTo(LEAST_BETWEEN) < 0 ? refresh : LEAST_BETWEEN;
      timer = context.scheduler().schedule(refresh, this::resolve);
    });
  }

  private void failed(String reason) {
    if (phase == Phase.CLOSED) {
      return;
    }
    log.info("{}", reason);
    context.publish(
        new ResolverState.Failed(
            Status.unavailable("DNS lookup of " + target.host() + " failed: " + reason)));
    after(backoff.next());
  }
}
