package grpc.kernel.subchannel;

import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.kernel.pick.CurrentPicker;
import grpc.kernel.pick.PickerState;
import grpc.spi.balancer.PickResult;
import grpc.spi.resolver.Address;
import org.jspecify.annotations.Nullable;

/**
 * A subchannel for the calls that its policy makes on it ({@link #channel}): they are picked for
 * like others, from a picker of their own, and end when the subchannel is READY no more, where
 * those of the channel would go on. On the channel's serial executor.
 */
final class DirectSubConn extends PickTarget {
  private final SubchannelHandle subchannel;
  private final CurrentPicker currentPicker;
  private final Channel channel;
  private @Nullable RevocableTransport calls;

  DirectSubConn(SubchannelHandle subchannel, DirectChannels direct) {
    this.subchannel = subchannel;
    this.currentPicker = direct.currentPicker(unavailable(ConnectivityState.IDLE));
    this.channel = direct.on(currentPicker);
  }

  @Override
  public Channel channel() {
    return channel;
  }

  /**
   * The subchannel has changed.
   *
   * @param ready its connection where it is READY
   * @param why the end of the calls that run
   */
  void follow(ConnectivityState state, @Nullable ReadyConnection ready, Status why) {
    var last = calls;
    if (ready == null) {
      calls = null;
      carriesCallsOver(null);
    } else {
      calls = new RevocableTransport(ready.transport());
      carriesCallsOver(new ReadyConnection(calls, ready.peer()));
    }
    currentPicker.post(
        ready == null
            ? unavailable(state)
            : PickerState.fixed(PickResult.complete(this), ConnectivityState.READY));
    if (last != null) {
      last.endStreams(why); // last: a call that is made because of that finds the new state
    }
  }

  /** Fails all calls, those that wait for ready too: they are about this connection alone. */
  private PickerState unavailable(ConnectivityState state) {
    return PickerState.fixed(
        PickResult.drop(
            Status.unavailable(
                "no connection to %s to call on directly: %s"
                    .formatted(address().socketAddress(), reason(state)))),
        state);
  }

  private static String reason(ConnectivityState state) {
    return switch (state) {
      case ConnectivityState.Idle i -> "it is IDLE";
      case ConnectivityState.Connecting c -> "it is CONNECTING";
      case ConnectivityState.Ready r -> "it was lost";
      case ConnectivityState.TransientFailure f -> String.valueOf(f.status().message());
      case ConnectivityState.Shutdown s -> "it was shut down";
    };
  }

  @Override
  public Address address() {
    return subchannel.address();
  }

  @Override
  public void connect() {
    subchannel.connect();
  }

  @Override
  public void shutdown() {
    subchannel.shutdown();
  }
}
