package grpc.kernel.subchannel;

import grpc.api.Channel;
import grpc.kernel.pick.CallEnvironment;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.pick.CurrentPicker;
import grpc.kernel.pick.IdleWatch;
import grpc.kernel.pick.PickerState;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.function.Function;

/**
 * The common part of calls that policies make on single connections: such calls are not counted,
 * observed or repeated.
 */
public final class DirectChannels {
  private final ChannelSettings settings;
  private final IdleWatch uncounted;
  private final Function<CallEnvironment, Channel> caller;

  /**
   * None yet.
   *
   * @param caller makes calls
   */
  public DirectChannels(
      ChannelSettings settings,
      SerialScheduler scheduler,
      Function<CallEnvironment, Channel> caller) {
    this.settings = settings.unobserved();
    this.uncounted = new IdleWatch(scheduler, Duration.ZERO, () -> {});
    this.caller = caller;
  }

  CurrentPicker currentPicker(PickerState first) {
    return new CurrentPicker(settings.clock(), first);
  }

  Channel on(CurrentPicker currentPicker) {
    return caller.apply(new CallEnvironment(settings, currentPicker, uncounted, () -> {}, false));
  }
}
