package interop;

import grpc.api.Attributes;
import grpc.api.ConnectivityState;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.DoneInfo;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.Address;
import interop.proto.OrcaLoadReport;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A policy that picks as pick_first does, and hands a call the load report that came with it, and
 * the one that its server sent last out of band.
 */
public final class BackendMetricsProvider implements BalancerProvider<NoConfig> {
  /** Its name in the tests' description. */
  static final String POLICY = "test_backend_metrics_load_balancer";

  /** Where a call wants the report that comes with it. */
  static final Attributes.Key<AtomicReference<OrcaLoadReport>> REPORT =
      Attributes.Key.of("load report");

  /** Where a call wants the report that came out of band. */
  static final Attributes.Key<AtomicReference<OrcaLoadReport>> OUT_OF_BAND =
      Attributes.Key.of("load report out of band");

  private static final String CHILD = "pick_first";

  /** For the service loader. */
  public BackendMetricsProvider() {}

  @Override
  public String policyName() {
    return POLICY;
  }

  @Override
  public NoConfig parseConfig(JsonObject json, Policies policies) {
    return NoConfig.NONE;
  }

  @Override
  public Balancer<NoConfig> create(BalancerContext context) {
    return context
        .policy(CHILD)
        .map(child -> child.<NoConfig>create(new Reporting(context)))
        .orElseThrow(() ->
            new IllegalStateException(
                POLICY + " needs pick_first: add module grpc.balancer.pickfirst"));
  }

  private record ReportingPicker(Picker child, Map<SubConn, LoadReports> loads) implements Picker {
    @Override
    public PickResult pick(PickInfo info) {
      var picked = child.pick(info);
      if (!(picked instanceof PickResult.Complete complete)) {
        return picked;
      }
      var attributes = info.options().attributes();
      attributes.find(OUT_OF_BAND).ifPresent(wanted -> newest(complete).ifPresent(wanted::set));
      return attributes
          .find(REPORT)
          .<PickResult>map(
              wanted -> complete.withOnDone(complete.onDone().andThen(reportTo(wanted))))
          .orElse(picked);
    }

    private Optional<OrcaLoadReport> newest(PickResult.Complete complete) {
      return Optional.ofNullable(loads.get(complete.subConn())).flatMap(LoadReports::newest);
    }

    private static Consumer<DoneInfo> reportTo(AtomicReference<OrcaLoadReport> wanted) {
      return done -> Orca.of(done.trailers()).ifPresent(wanted::set);
    }
  }

  /** The channel as pick_first sees it. */
  private static final class Reporting extends ForwardingBalancerContext {
    /** Of connections that are READY; written on the serial executor, read by picks. */
    private final Map<SubConn, LoadReports> loads = new ConcurrentHashMap<>();

    Reporting(BalancerContext channel) {
      super(channel);
    }

    @Override
    public void update(ConnectivityState connectivity, Picker picker) {
      super.update(connectivity, new ReportingPicker(picker, loads));
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return super.newSubConn(
          address,
          (subConn, now) -> {
            if (now instanceof ConnectivityState.Ready) {
              loads.put(subConn, LoadReports.open(subConn, scheduler()));
            } else {
              Optional.ofNullable(loads.remove(subConn)).ifPresent(LoadReports::close);
            }
            listener.changed(subConn, now);
          });
    }
  }
}
