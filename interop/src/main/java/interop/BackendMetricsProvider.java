package interop;

import grpc.api.Attributes;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.DoneInfo;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;
import interop.proto.OrcaLoadReport;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A policy that picks as pick_first does, and hands a call the load report that came with it. */
public final class BackendMetricsProvider implements BalancerProvider {
  /** Its name in the tests' description. */
  static final String POLICY = "test_backend_metrics_load_balancer";

  /** Where a call wants its report. */
  static final Attributes.Key<AtomicReference<OrcaLoadReport>> REPORT =
      Attributes.Key.of("load report");

  private static final String CHILD = "pick_first";

  /** For the service loader. */
  public BackendMetricsProvider() {}

  @Override
  public String policyName() {
    return POLICY;
  }

  @Override
  public Balancer create(BalancerContext context) {
    return context
        .policy(CHILD)
        .map(child -> child.create(new Reporting(context)))
        .orElseThrow(() ->
            new IllegalStateException(
                POLICY + " needs pick_first: add module grpc.balancer.pickfirst"));
  }

  private record ReportingPicker(Picker child) implements Picker {
    @Override
    public PickResult pick(PickInfo info) {
      var wanted = info.options().attributes().find(REPORT);
      var picked = child.pick(info);
      return picked instanceof PickResult.Complete complete && wanted.isPresent()
          ? new PickResult.Complete(
              complete.subConn(),
              complete.metadata(),
              complete.onDone().andThen(reportTo(wanted.get())))
          : picked;
    }

    private static Consumer<DoneInfo> reportTo(AtomicReference<OrcaLoadReport> wanted) {
      return done -> Orca.of(done.trailers()).ifPresent(wanted::set);
    }
  }

  /** The channel as pick_first sees it. */
  private record Reporting(BalancerContext channel) implements BalancerContext {
    @Override
    public void update(ConnectivityState connectivity, Picker picker) {
      channel.update(connectivity, new ReportingPicker(picker));
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return channel.newSubConn(address, listener);
    }

    @Override
    public void resolveNow() {
      channel.resolveNow();
    }

    @Override
    public Optional<BalancerProvider> policy(String name) {
      return channel.policy(name);
    }

    @Override
    public String target() {
      return channel.target();
    }

    @Override
    public SerialScheduler scheduler() {
      return channel.scheduler();
    }
  }
}
