package grpc.resolver.dns;

import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks a host up when the channel starts and whenever it asks again, no more often than every 30
 * s; after a failure by itself, with backoff. Lookups block, so each has a thread of its own.
 */
final class DnsResolver implements Resolver {
  private enum Phase {
    /** A result stands; a hint may start the next lookup. */
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
  private final Backoff backoff;
  private final Executor threads;
  private Phase phase = Phase.RESTING;
  private long resolvedNanos;

  DnsResolver(
      ResolverContext context, HostPort target, Lookup lookup, Backoff backoff, Executor threads) {
    this.context = context;
    this.target = target;
    this.lookup = lookup;
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
      long since = context.scheduler().nanoTime() - resolvedNanos;
      after(LEAST_BETWEEN.minusNanos(since));
    }
  }

  @Override
  public void close() {
    phase = Phase.CLOSED;
  }

  private void after(Duration delay) {
    if (delay.isPositive()) {
      context.scheduler().schedule(delay, this::resolve);
    } else {
      resolve();
    }
  }

  private void resolve() {
    if (phase != Phase.CLOSED) {
      threads.execute(this::look);
    }
  }

  private void look() {
    try {
      var addresses = lookup.addresses(target.host());
      context.scheduler().execute(() -> found(addresses));
    } catch (IOException | RuntimeException e) {
      context.scheduler().execute(() -> failed(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.scheduler().execute(() -> failed("the lookup was interrupted"));
    }
  }

  private void found(List<InetAddress> addresses) {
    if (phase == Phase.CLOSED) {
      return;
    }
    var endpoints =
        addresses.stream()
            .map(a -> new Endpoint(new Address(new InetSocketAddress(a, target.port()))))
            .toList();
    var answer = context.publish(new ResolverState.Resolved(endpoints));
    if (answer.isOk()) {
      backoff.reset();
      resolvedNanos = context.scheduler().nanoTime();
      phase = Phase.RESTING;
    } else {
      after(backoff.next()); // the channel cannot use it (ResolverContext.publish)
    }
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
