package grpc.kernel;

import static org.junit.jupiter.api.Assertions.assertNull;

import grpc.api.ChannelCredentials;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels that are forgotten, and channels that are closed. */
@Timeout(120)
class OpenChannelTest {
  private record Policy() implements BalancerProvider<NoConfig> {
    @Override
    public String policyName() {
      return "pick_first";
    }

    @Override
    public NoConfig parseConfig(JsonObject json, Policies policies) {
      return NoConfig.NONE;
    }

    @Override
    public Balancer<NoConfig> create(BalancerContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static GrpcChannel open() {
    return GrpcChannel.builder("unix:/nowhere", ChannelCredentials.plaintext())
        .runtime(GrpcRuntime.builder().add(new Policy()).build())
        .open();
  }

  private static WeakReference<GrpcChannel> forgotten(boolean close) {
    var channel = open();
    if (close) {
      channel.close();
    }
    return new WeakReference<>(channel);
  }

  @Test
  void channelThatNobodyHoldsIsCollected() throws Exception {
    for (boolean close : new boolean[] {false, true}) {
      var held = forgotten(close);
      for (int i = 0; i < 400 && held.get() != null; i++) {
        System.gc();
      }
      assertNull(held.get(), "something of ours holds it, so that nobody would be warned");
    }
  }
}
