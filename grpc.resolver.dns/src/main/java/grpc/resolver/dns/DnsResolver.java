package grpc.resolver.dns;

import grpc.api.Status;
import grpc.spi.failure.Reason;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.HostPort;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.Backoff;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks a host up when the channel starts and when it asks again, at most every 30 s; after a
 * failure by itself, with backoff; and, if the options say so, when the records' TTL is over.
 * Lookups block, so each has a thread of its own. It publishes late parts of a lookup as an update.
 */
final class DnsResolver implements Resolver {
  private enum Phase {
    NEW,
    /** A lookup runs that has no answer yet. */
    LOOKING,
    /** A result stands; a hint or the TTL may start the next lookup. */
    RESTING,
    /** After a hint the next lookup has its time. */
    HINTED,
    /** After a failure the next lookup has its time. */
    FAILED,
    CLOSED
  }

  private static final Logger log = LoggerFactory.getLogger("grpc.resolver.dns");
  private static final Duration LEAST_BETWEEN = Duration.ofSeconds(30);

  private final ResolverContext context;
  private final HostPort target;
  private final Lookup lookup;
  private final ConfigChooser chooser;
  private final Optional<Duration> leastRefresh;
  private final Backoff backoff;
  private final Executor threads;

  // on the scheduler
  private Phase phase = Phase.NEW;
  private int lookups;
  private long resolvedNanos;
  private List<InetAddress> addresses = List.of();
  private Optional<String> config = Optional.empty();
  private Optional<String> problem = Optional.empty();
  private Optional<ResolverState> published = Optional.empty();
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
    resolve();
  }

  @Override
  public void resolveNow() {
    if (phase == Phase.RESTING) {
      long since = context.scheduler().nanoTime() - resolvedNanos;
      resolveAfter(mostBetween.minusNanos(since), Phase.HINTED);
    }
  }

  @Override
  public void resetBackoff() {
    backoff.reset();
    switch (phase) {
      case RESTING, HINTED, FAILED -> resolveAfter(Duration.ZERO, Phase.LOOKING);
      case NEW, LOOKING, CLOSED -> {} // no lookup waits
    }
  }

  @Override
  public void close() {
    phase = Phase.CLOSED;
    timer.cancel();
  }

  private void resolveAfter(Duration delay, Phase until) {
    timer.cancel();
    if (delay.isPositive()) {
      phase = until;
      timer = context.scheduler().schedule(delay, this::resolve);
    } else {
      resolve();
    }
  }

  private void resolve() {
    if (phase != Phase.CLOSED) {
      phase = Phase.LOOKING;
      int number = ++lookups; // answers of an earlier lookup are ignored
      threads.execute(() -> look(number));
    }
  }

  private void look(int number) {
    try {
      lookup.ask(
          target.host(),
          answer -> {
            var choice = chooser.choose(answer.texts());
            context.scheduler().execute(() -> found(number, answer, choice));
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.scheduler().execute(() -> failed(number, "the lookup was interrupted"));
    } catch (Throwable e) { // badly merged jars throw errors
      context.scheduler().execute(() -> failed(number, Reason.of(e)));
    }
  }

  private boolean isOver(int number) {
    return phase == Phase.CLOSED || number != lookups;
  }

  private void found(int number, Answer answer, ConfigChoice choice) {
    if (isOver(number)) {
      return;
    }
    problem = Optional.empty();
    switch (choice) {
      case ConfigChoice.Chosen chosen -> config = chosen.json();
      case ConfigChoice.Unknown unknown -> {}
      case ConfigChoice.Malformed malformed -> problem = Optional.of(malformed.message());
    }
    publish(answer);
  }

  private void publish(Answer answer) {
    addresses = withLast(answer);
    var resolved = resolved(addresses);
    boolean late = phase != Phase.LOOKING;
    if (late && published.equals(Optional.of(resolved))) {
      return;
    }
    published = Optional.of(resolved);
    var used = context.publish(resolved);
    if (phase == Phase.CLOSED) {
      return;
    }
    if (!used.isOk()) {
      retry(); // the channel cannot use the update (ResolverContext.publish)
    } else if (phase != Phase.HINTED) {
      backoff.reset();
      rest(answer.ttl());
    }
  }

  /** A late family keeps its previous addresses; otherwise its connections would come and go. */
  private List<InetAddress> withLast(Answer answer) {
    if (answer.missing().isEmpty()) {
      return answer.addresses();
    }
    var missing = answer.missing().get();
    return Stream.concat(
            answer.addresses().stream(),
            addresses.stream().filter(last -> Family.of(last).equals(missing)))
        .sorted(Comparator.comparing(Family::of))
        .toList();
  }

  private ResolverState resolved(List<InetAddress> found) {
    var endpoints =
        found.stream()
            .map(a -> Endpoint.of(Address.of(new InetSocketAddress(a, target.port()))))
            .toList();
    if (problem.isPresent()) {
      return ResolverState.badServiceConfig(endpoints, problem.get());
    }
    var resolved = ResolverState.resolved(endpoints);
    return config.map(resolved::withServiceConfig).orElse(resolved);
  }

  private void rest(Duration ttl) {
    timer.cancel();
    phase = Phase.RESTING;
    resolvedNanos = context.scheduler().nanoTime();
    leastRefresh.ifPresent(least -> {
      var refresh = ttl.compareTo(least) < 0 ? least : ttl;
      mostBetween = refresh.compareTo(LEAST_BETWEEN) < 0 ? refresh : LEAST_BETWEEN;
      timer = context.scheduler().schedule(refresh, this::resolve);
    });
  }

  private void failed(int number, String reason) {
    if (isOver(number)) {
      return;
    }
    log.info("{}", reason);
    context.publish(
        ResolverState.failed(
            Status.unavailable("DNS lookup of " + target.host() + " failed: " + reason)));
    if (phase != Phase.CLOSED) {
      retry();
    }
  }

  private void retry() {
    resolveAfter(backoff.next(), Phase.FAILED);
  }
}
