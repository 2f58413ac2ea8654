package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState;
import grpc.testing.FakeBalancer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A policy with one connection, which it makes only when the test says so. */
public final class CallingPolicy implements BalancerProvider<NoConfig> {
  /** The states that it has heard, in their order. */
  final BlockingQueue<ConnectivityState> heard = new LinkedBlockingQueue<>();

  private final CompletableFuture<BalancerContext> context = new CompletableFuture<>();
  private final CompletableFuture<SubConn> subConn = new CompletableFuture<>();
  private final CompletableFuture<Channel> channel = new CompletableFuture<>();

  /** The channel of its connection; it waits until there is one. */
  public Channel channel() {
    return channel.join();
  }

  /** Does this on the serial executor. */
  public void tell(Consumer<SubConn> action) {
    context.join().scheduler().execute(() -> action.accept(subConn.join()));
  }

  public void awaitState(ConnectivityState state) throws InterruptedException {
    while (!heard.take().equals(state)) {
      // those before
    }
  }

  public String unary(String request, CallOptions options) {
    return channel().unary(TestCalls.UNARY, request, options).message();
  }

  @Override
  public String policyName() {
    return "calling";
  }

  @Override
  public NoConfig parseConfig(JsonObject json, Policies policies) {
    return NoConfig.NONE;
  }

  @Override
  public Balancer<NoConfig> create(BalancerContext created) {
    context.complete(created);
    return new Calling(created);
  }

  private final class Calling implements FakeBalancer<NoConfig> {
    private final BalancerContext channelContext;

    Calling(BalancerContext channelContext) {
      this.channelContext = channelContext;
    }

    @Override
    public Status accept(ResolverState.Resolved resolved, NoConfig config) {
      var address = resolved.endpoints().getFirst().addresses().getFirst();
      var opened = channelContext.newSubConn(address, this::changed);
      subConn.complete(opened);
      channel.complete(opened.channel());
      return Status.OK;
    }

    private void changed(SubConn changed, ConnectivityState state) {
      if (state instanceof ConnectivityState.Ready) {
        channelContext.update(state, Picker.of(PickResult.complete(changed)));
      }
      heard.add(state);
    }

    @Override
    public void close() {
      subConn.join().shutdown();
    }
  }
}
