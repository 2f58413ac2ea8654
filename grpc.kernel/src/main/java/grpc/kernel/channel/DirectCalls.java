package grpc.kernel.channel;

import grpc.api.Channel;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.function.Function;

/**
 * What the calls have in common that policies make on single connections: nobody counts, observes
 * or repeats them.
 */
final class DirectCalls {
  private final ChannelSettings settings;
  private final IdleWatch uncounted;
  private final Function<ChannelFront, Channel> caller;

  /**
   * None yet.
   *
   * @param caller makes calls
   */
  DirectCalls(
      ChannelSettings settings, SerialScheduler scheduler, Function<ChannelFront, Channel> caller) {
    this.settings = settings.unobserved();
    this.uncounted = new IdleWatch(scheduler, Duration.ZERO, () -> {});
    this.caller = caller;
  }

  SelectionBoard board(Selection first) {
    return new SelectionBoard(settings.clock(), first);
  }

  Channel on(SelectionBoard board) {
    return caller.apply(new ChannelFront(settings, board, uncounted, () -> {}, false));
  }
}
