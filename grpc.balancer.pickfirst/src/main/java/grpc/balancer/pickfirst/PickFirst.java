package grpc.balancer.pickfirst;

import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries addresses in their order until one is READY and stays with it. Once all have failed it is
 * in TRANSIENT_FAILURE until one is READY, while each reconnects after its own backoff (A62). When
 * the READY connection is lost it is IDLE, and the next pick starts again.
 */
final class PickFirst implements Balancer {
  private enum Phase {
    /** Nothing to connect to yet, or a connection was lost. */
    IDLE,
    /** The first pass over the addresses. */
    CONNECTING,
    /** All have failed once; they reconnect by themselves. */
    FAILING,
    /** One is connected. */
    READY
  }

  private final BalancerContext context;
  private final Map<Address, SubConn> subConns = new LinkedHashMap<>();
  private List<Address> addresses = List.of();
  private Phase phase = Phase.IDLE;
  private int trying;
  private int failures;
  private Optional<SubConn> ready = Optional.empty();

  PickFirst(BalancerContext context) {
    this.context = context;
  }

  @Override
  public Status accept(ResolverState.Resolved resolved, BalancerConfig config) {
    addresses = order(resolved.endpoints(), config);
    if (addresses.isEmpty()) {
      shutdownAll();
      var status = Status.unavailable("the resolver found no addresses");
      phase = Phase.FAILING;
      fail(status);
      return status;
    }
    if (ready.isPresent() && addresses.contains(ready.get().address())) {
      return Status.OK; // what works is kept
    }
    if (phase == Phase.IDLE && ready.isEmpty() && !subConns.isEmpty()) {
      return Status.OK; // a lost connection is only made again for a call
    }
    boolean sticky = phase == Phase.FAILING;
    shutdownAll();
    begin(sticky);
    return Status.OK;
  }

  private static List<Address> order(List<Endpoint> endpoints, BalancerConfig config) {
    var ordered = new ArrayList<>(endpoints);
    if (config instanceof PickFirstConfig(boolean shuffle) && shuffle) {
      Collections.shuffle(ordered);
    }
    var addresses = new LinkedHashSet<Address>();
    ordered.forEach(endpoint -> addresses.addAll(endpoint.addresses()));
    return List.copyOf(addresses);
  }

  @Override
  public void resolverFailed(Status status) {
    if (addresses.isEmpty()) {
      fail(status);
    }
  }

  @Override
  public void exitIdle() {
    if (phase == Phase.IDLE && !addresses.isEmpty()) {
      shutdownAll();
      begin(false);
    }
  }

  @Override
  public void close() {
    shutdownAll();
    addresses = List.of();
  }

  private void begin(boolean sticky) {
    trying = 0;
    failures = 0;
    if (!sticky) {
      phase = Phase.CONNECTING;
      context.update(ConnectivityState.CONNECTING, info -> PickResult.QUEUE);
    }
    connect(addresses.getFirst());
  }

  private void connect(Address address) {
    subConns.computeIfAbsent(address, a -> context.newSubConn(a, this::changed)).connect();
  }

  private void changed(SubConn subConn, ConnectivityState now) {
    if (!subConn.equals(subConns.get(subConn.address()))) {
      return; // shut down before this
    }
    switch (now) {
      case ConnectivityState.Ready r -> ready(subConn);
      case ConnectivityState.TransientFailure(Status status) -> failed(status);
      case ConnectivityState.Idle i -> idle(subConn);
      case ConnectivityState.Connecting c -> {}
      case ConnectivityState.Shutdown s -> {}
    }
  }

  private void ready(SubConn subConn) {
    phase = Phase.READY;
    ready = Optional.of(subConn);
    for (var other : List.copyOf(subConns.values())) {
      if (!other.equals(subConn)) {
        subConns.remove(other.address());
        other.shutdown();
      }
    }
    var complete = PickResult.complete(subConn);
    context.update(ConnectivityState.READY, info -> complete);
  }

  private void failed(Status status) {
    failures++;
    if (trying < addresses.size() - 1) {
      trying++;
      connect(addresses.get(trying));
      return;
    }
    phase = Phase.FAILING;
    fail(status);
    if (failures >= addresses.size()) {
      failures = 0;
      context.resolveNow();
    }
  }

  private void idle(SubConn subConn) {
    if (ready.isPresent() && ready.get().equals(subConn)) {
      ready = Optional.empty();
      phase = Phase.IDLE;
      context.resolveNow();
      context.update(
          ConnectivityState.IDLE,
          info -> {
            context.scheduler().execute(this::exitIdle);
            return PickResult.QUEUE;
          });
    } else {
      subConn.connect(); // its backoff is over
    }
  }

  private void fail(Status status) {
    var failing = PickResult.fail(status);
    context.update(new ConnectivityState.TransientFailure(status), info -> failing);
  }

  private void shutdownAll() {
    var all = List.copyOf(subConns.values());
    subConns.clear();
    ready = Optional.empty();
    all.forEach(SubConn::shutdown);
  }
}
