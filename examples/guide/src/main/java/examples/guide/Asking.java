package examples.guide;

import examples.guide.proto.LoadClient;
import examples.guide.proto.LoadReport;
import examples.guide.proto.LoadRequest;
import grpc.api.ConnectivityState;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks each connected server for its load. On the channel's serial executor. */
final class Asking extends ForwardingBalancerContext {
  private final Map<SubConn, Thread> loads = new HashMap<>();
  private final Consumer<LoadReport> told;

  /**
   * Wraps the context of a policy.
   *
   * @param told gets the servers' answers, each on a thread of its own
   */
  Asking(BalancerContext context, Consumer<LoadReport> told) {
    super(context);
    this.told = told;
  }

  @Override
  public SubConn newSubConn(Address address, SubConn.Listener listener) {
    return super.newSubConn(
        address,
        (subConn, now) -> {
          if (now instanceof ConnectivityState.Ready) {
            var server = new LoadClient(subConn.channel());
            loads.put(subConn, Thread.startVirtualThread(() -> ask(server)));
          } else {
            Optional.ofNullable(loads.remove(subConn)).ifPresent(Thread::interrupt);
          }
          listener.changed(subConn, now);
        });
  }

  private void ask(LoadClient server) {
    try (var reports = server.watch(LoadRequest.getDefaultInstance())) {
      reports.forEach(told);
    }
  }
}
