package grpc.balancer.base;

import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.Picker;
import java.util.List;

/**
 * What many children amount to: the best state that any of them has, READY before CONNECTING before
 * IDLE before TRANSIENT_FAILURE, and the pickers of those that have it.
 *
 * @param state the best state; of several failures the last
 * @param pickers of the children in that state
 */
public record Aggregate(ConnectivityState state, List<Picker> pickers) {
  /** {@return what these children amount to; of none, IDLE with no pickers} */
  public static Aggregate of(List<EndpointSharding.Child> children) {
    ConnectivityState best =
        children.isEmpty() ? ConnectivityState.IDLE : children.getFirst().state();
    for (var child : children) {
      best = rank(child.state()) <= rank(best) ? child.state() : best;
    }
    int rank = rank(best);
    return new Aggregate(
        best,
        children.stream()
            .filter(c -> rank(c.state()) == rank)
            .map(EndpointSharding.Child::picker)
            .toList());
  }

  private static int rank(ConnectivityState state) {
    return switch (state) {
      case ConnectivityState.Ready r -> 0;
      case ConnectivityState.Connecting c -> 1;
      case ConnectivityState.Idle i -> 2;
      case ConnectivityState.TransientFailure f -> 3;
      case ConnectivityState.Shutdown s -> 4;
    };
  }
}
