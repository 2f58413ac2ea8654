package grpc.balancer.base;

import grpc.api.ConnectivityState;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The aggregate of many children: their best state (READY before CONNECTING before IDLE before
 * TRANSIENT_FAILURE), and the children in that state.
 *
 * @param state the best state; of several failures the last
 * @param children the children in that state; the parent picks from them
 * @param passedOver the children that are IDLE while others are better. They get no calls, so they
 *     never connect unless their parent calls {@code exitIdle}
 * @param <C> a child
 */
public record Aggregate<C>(ConnectivityState state, List<C> children, List<C> passedOver) {
  /** {@return the aggregate of these children; IDLE if there are none} */
  public static <C> Aggregate<C> of(
      Collection<C> children, Function<? super C, ConnectivityState> stateOf) {
    ConnectivityState best = ConnectivityState.SHUTDOWN;
    for (C child : children) {
      var state = stateOf.apply(child);
      best = rank(state) <= rank(best) ? state : best;
    }
    int rank = rank(best);
    return new Aggregate<>(
        children.isEmpty() ? ConnectivityState.IDLE : best,
        children.stream().filter(c -> rank(stateOf.apply(c)) == rank).toList(),
        children.stream()
            .filter(c -> stateOf.apply(c) instanceof ConnectivityState.Idle)
            .filter(c -> rank != rank(ConnectivityState.IDLE))
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
