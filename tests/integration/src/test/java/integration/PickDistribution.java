package integration;

import grpc.api.ConnectivityState;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Counts round_robin's picks while the set of ready subchannels is the same. */
final class PickDistribution {
  static final String POLICY = "counted_round_robin";
  private static final int LEAST_PICKS = 1_000;

  private final double tolerance;
  private final Queue<Span> all = new ConcurrentLinkedQueue<>();
  private final List<String> faults = new ArrayList<>();
  private int spans;

  /** Shares that may be so much larger or smaller than the mean. */
  PickDistribution(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Judges all spans; nobody may pick any more, or the counts would not fit together. */
  void judge() {
    all.forEach(Span::judge);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** How many spans were long enough to be judged. */
  int spans() {
    return spans;
  }

  BalancerProvider<NoConfig> provider() {
    return new BalancerProvider<>() {
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
        return context.policy("round_robin").orElseThrow().create(new Counted(context));
      }
    };
  }

  /** Some time of one set of ready subchannels, however many pickers it has had. */
  private final class Span {
    private final Set<SubConn> ready;
    private final Map<SubConn, LongAdder> picks = new ConcurrentHashMap<>();

    Span(Set<SubConn> ready) {
      this.ready = ready;
    }

    Picker counting(Picker picker) {
      return info -> {
        var result = picker.pick(info);
        if (result instanceof PickResult.Complete complete) {
          picks.computeIfAbsent(complete.subConn(), key -> new LongAdder()).increment();
        }
        return result;
      };
    }

    void judge() {
      long sum = picks.values().stream().mapToLong(LongAdder::sum).sum();
      if (sum < LEAST_PICKS) {
        return;
      }
      spans++;
      double mean = (double) sum / ready.size();
      for (var subConn : ready) {
        long share = picks.getOrDefault(subConn, new LongAdder()).sum();
        if (Math.abs(share - mean) > tolerance * mean) {
          faults.add(
              "%d of %d picks for %s (expected: %.0f)"
                  .formatted(share, sum, subConn.address(), mean));
        }
      }
    }
  }

  /** The channel as round_robin sees it. */
  private final class Counted extends ForwardingBalancerContext {
    private final Set<SubConn> ready = new HashSet<>();
    private Span span = new Span(Set.of());

    Counted(BalancerContext channel) {
      super(channel);
    }

    @Override
    public void update(ConnectivityState connectivity, Picker picker) {
      if (!span.ready.equals(ready)) {
        span = new Span(Set.copyOf(ready));
        all.add(span);
      }
      super.update(connectivity, span.counting(picker));
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return super.newSubConn(
          address,
          (subConn, now) -> {
            if (now instanceof ConnectivityState.Ready) {
              ready.add(subConn);
            } else {
              ready.remove(subConn);
            }
            listener.changed(subConn, now);
          });
    }
  }
}
