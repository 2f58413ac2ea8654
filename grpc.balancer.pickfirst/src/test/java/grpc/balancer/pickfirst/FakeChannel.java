package grpc.balancer.pickfirst;

import grpc.api.Attributes;
import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A channel whose subchannels do what the test says. Tasks run at once. */
final class FakeChannel implements BalancerContext, SerialScheduler {
  /** A subchannel that counts what it is asked. */
  static final class FakeSubConn implements SubConn {
    private final Address address;
    private final Listener listener;
    int connects;
    boolean shutDown;

    FakeSubConn(Address address, Listener listener) {
      this.address = address;
      this.listener = listener;
    }

    void becomes(ConnectivityState state) {
      listener.changed(this, state);
    }

    @Override
    public Address address() {
      return address;
    }

    @Override
    public void connect() {
      connects++;
    }

    @Override
    public void shutdown() {
      shutDown = true;
    }
  }

  final List<FakeSubConn> subConns = new ArrayList<>();
  final List<ConnectivityState> states = new ArrayList<>();
  Picker picker = Picker.QUEUE;
  int resolveNows;

  static ResolverState.Resolved resolved(int... ports) {
    return new ResolverState.Resolved(
        Arrays.stream(ports).mapToObj(p -> new Endpoint(address(p))).toList(),
        Optional.empty(),
        Attributes.EMPTY);
  }

  static Address address(int port) {
    return new Address(InetSocketAddress.createUnresolved("h", port));
  }

  /** The newest subchannel to this port. */
  FakeSubConn to(int port) {
    return subConns.reversed().stream()
        .filter(s -> s.address.equals(address(port)))
        .findFirst()
        .orElseThrow();
  }

  ConnectivityState state() {
    return states.getLast();
  }

  PickResult pick() {
    var method = MethodDescriptor.of("s/m", MethodType.UNARY, byte[].class, byte[].class, "raw");
    return picker.pick(new PickInfo(method, CallOptions.DEFAULT));
  }

  @Override
  public SubConn newSubConn(Address address, SubConn.Listener listener) {
    var subConn = new FakeSubConn(address, listener);
    subConns.add(subConn);
    return subConn;
  }

  @Override
  public void update(ConnectivityState connectivity, Picker next) {
    states.add(connectivity);
    picker = next;
  }

  @Override
  public void resolveNow() {
    resolveNows++;
  }

  @Override
  public Optional<BalancerProvider> policy(String name) {
    return Optional.empty();
  }

  @Override
  public SerialScheduler scheduler() {
    return this;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    throw new UnsupportedOperationException("no timers here");
  }

  @Override
  public long nanoTime() {
    return 0;
  }
}
