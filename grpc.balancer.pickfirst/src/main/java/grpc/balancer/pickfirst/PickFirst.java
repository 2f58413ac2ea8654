package grpc.balancer.pickfirst;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Tries addresses in their order until one is READY and stays with it. It tries the next address as
 * soon as one has failed, or beside it after the attempt delay (happy eyeballs, A61). Once all have
 * failed it stays in TRANSIENT_FAILURE until one is READY, while each reconnects after its own
 * backoff (A62). When the READY connection is lost it goes IDLE, and the next pick starts again.
 */
final class PickFirst implements Balancer<PickFirstConfig> {
  private enum Phase {
    /** There are no addresses. */
    EMPTY,
    /** The connection was lost, and no call needs one. */
    IDLE,
    /** The first pass over the addresses. */
    CONNECTING,
    /** All have failed since the last READY. */
    FAILING,
    /** One is connected. */
    READY
  }

  private static final Cancellable NO_TIMER = () -> {};

  private final BalancerContext context;
  private final RandomGenerator random;
  private final Map<Address, Candidate> candidates = new LinkedHashMap<>();
  private List<Address> addresses = List.of();
  private Duration attemptDelay = PickFirstConfig.DEFAULT.attemptDelay();
  private Phase phase = Phase.EMPTY;

  /** Whether an address was not yet tried since the last start from the top. */
  private boolean passing;

  /** Whether an attempt has failed since the last request to the resolver. */
  private boolean news;

  private int position;
  private int failures;
  private Status lastFailure = Status.OK;
  private Cancellable timer = NO_TIMER;

  PickFirst(BalancerContext context, RandomGenerator random) {
    this.context = context;
    this.random = random;
  }

  @Override
  public Status accept(ResolverState.Resolved resolved, PickFirstConfig config) {
    attemptDelay = config.attemptDelay();
    addresses = AddressOrder.of(shuffled(resolved.endpoints(), config.shuffle()));
    for (var candidate : List.copyOf(candidates.values())) {
      if (!addresses.contains(candidate.address())) {
        candidate.shutdown();
      }
    }
    if (addresses.isEmpty()) {
      stop();
      return context.fail(context.noEndpoints());
    }
    switch (phase) {
      case EMPTY -> connecting();
      case CONNECTING, FAILING -> pass();
      case READY -> {
        if (candidates.isEmpty()) {
          connecting();
        }
      }
      case IDLE -> {} // a lost connection is only made again for a call
    }
    return Status.OK;
  }

  private List<Endpoint> shuffled(List<Endpoint> endpoints, boolean shuffle) {
    if (!shuffle) {
      return endpoints;
    }
    var copy = new ArrayList<>(endpoints);
    Collections.shuffle(copy, random);
    return copy;
  }

  @Override
  public void resolverFailed(Status status) {
    if (phase == Phase.EMPTY || phase == Phase.FAILING) {
      var _ = context.fail(status);
    }
  }

  @Override
  public void exitIdle() {
    if (phase == Phase.IDLE) {
      connecting();
    }
  }

  @Override
  public void close() {
    addresses = List.of();
    stop();
  }

  private void stop() {
    timer.cancel();
    passing = false;
    phase = Phase.EMPTY;
    List.copyOf(candidates.values()).forEach(Candidate::shutdown);
  }

  private void connecting() {
    phase = Phase.CONNECTING;
    context.update(ConnectivityState.CONNECTING, Picker.QUEUE);
    pass();
  }

  /** Starts from the top; attempts that run already count as made. */
  private void pass() {
    passing = true;
    failures = 0;
    candidates.values().forEach(Candidate::restart);
    tryFrom(0);
  }

  private void tryFrom(int start) {
    timer.cancel();
    for (position = start; position < addresses.size(); position++) {
      var candidate = candidates.computeIfAbsent(addresses.get(position), Candidate::new);
      if (candidate.connects()) {
        if (position + 1 < addresses.size()) {
          timer = context.scheduler().schedule(attemptDelay, () -> tryFrom(position + 1));
        }
        return;
      }
    }
    endPass();
  }

  private void endPass() {
    if (candidates.size() == addresses.size()
        && candidates.values().stream().allMatch(Candidate::hasFailed)) {
      passing = false;
      allFailed();
      candidates.values().forEach(Candidate::reconnect);
    }
  }

  private void allFailed() {
    boolean ask = news || phase != Phase.FAILING;
    news = false;
    phase = Phase.FAILING;
    failures = 0;
    var _ = context.fail(lastFailure);
    if (ask) { // else this resolution came from that request: another request would bring the same
      context.resolveNow();
    }
  }

  private void ready(Candidate ready) {
    timer.cancel();
    passing = false;
    phase = Phase.READY;
    for (var other : List.copyOf(candidates.values())) {
      if (!other.equals(ready)) {
        other.shutdown();
      }
    }
    context.update(ConnectivityState.READY, Picker.of(PickResult.complete(ready.subConn)));
  }

  private void lost() {
    phase = Phase.IDLE;
    context.resolveNow();
    var asked = new AtomicBoolean();
    context.update(
        ConnectivityState.IDLE,
        info -> {
          if (!asked.getPlain() && asked.compareAndSet(false, true)) {
            context.scheduler().execute(this::exitIdle);
          }
          return PickResult.QUEUE;
        });
  }

  private void failed(Candidate candidate, Status status) {
    lastFailure = status;
    news = true;
    if (!passing) {
      failures++;
      if (failures >= candidates.size()) {
        allFailed();
      }
    } else if (position < addresses.size() && addresses.get(position).equals(candidate.address())) {
      tryFrom(position + 1);
    } else {
      endPass();
    }
  }

  /** An address with its subchannel and its last state. */
  private final class Candidate {
    private final SubConn subConn;
    private ConnectivityState state = ConnectivityState.IDLE;
    private boolean failed;

    Candidate(Address address) {
      subConn = context.newSubConn(address, this::changed);
    }

    Address address() {
      return subConn.address();
    }

    /** A new pass begins: an address still in backoff counts as failed in it, too. */
    void restart() {
      failed = state instanceof ConnectivityState.TransientFailure;
    }

    /** Connects it unless it has failed in this pass. {@return whether it is connecting} */
    boolean connects() {
      if (!failed) {
        reconnect();
      }
      return !failed;
    }

    void reconnect() {
      if (state instanceof ConnectivityState.Idle) {
        state = ConnectivityState.CONNECTING;
        subConn.connect();
      }
    }

    boolean hasFailed() {
      return failed;
    }

    void shutdown() {
      candidates.remove(address());
      subConn.shutdown();
    }

    private void changed(SubConn same, ConnectivityState now) {
      if (!equals(candidates.get(address()))) {
        return; // shut down before this
      }
      var was = state;
      state = now;
      switch (now) {
        case ConnectivityState.Ready r -> ready(this);
        case ConnectivityState.TransientFailure(Status status) -> {
          failed = true;
          PickFirst.this.failed(this, status);
        }
        case ConnectivityState.Idle i -> {
          if (was instanceof ConnectivityState.Ready) {
            lost();
          } else if (!passing) {
            reconnect(); // its backoff is over
          }
        }
        case ConnectivityState.Connecting c -> {}
        case ConnectivityState.Shutdown s -> {}
      }
    }
  }
}
