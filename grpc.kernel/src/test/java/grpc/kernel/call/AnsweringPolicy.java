package grpc.kernel.call;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.testing.FakeBalancer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A policy that connects to nothing and gives every call the answer that the test chose. */
public final class AnsweringPolicy implements BalancerProvider<NoConfig> {
  private final CompletableFuture<BalancerContext> context = new CompletableFuture<>();
  private final CountDownLatch picked = new CountDownLatch(1);
  private final PickResult first;

  public AnsweringPolicy(PickResult first) {
    this.first = first;
  }

  /** Waits until a call was given its first answer. */
  public void awaitPick() throws InterruptedException {
    picked.await();
  }

  /** Gives all calls this answer from now on. */
  public void becomes(PickResult answer) {
    var channel = context.join();
    channel.scheduler().execute(() -> publish(channel, answer));
  }

  private void publish(BalancerContext channel, PickResult answer) {
    channel.update(
        ConnectivityState.READY,
        info -> {
          picked.countDown();
          return answer;
        });
  }

  @Override
  public String policyName() {
    return "answering";
  }

  @Override
  public NoConfig parseConfig(JsonObject json, Policies policies) {
    return NoConfig.NONE;
  }

  @Override
  public FakeBalancer<NoConfig> create(BalancerContext channel) {
    context.complete(channel);
    return (resolved, config) -> {
      publish(channel, first);
      return Status.OK;
    };
  }
}
