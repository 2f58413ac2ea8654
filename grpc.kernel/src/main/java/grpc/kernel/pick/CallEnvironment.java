package grpc.kernel.pick;

/**
 * The channel of a call, as the call needs it: a whole channel, or that of a single connection.
 *
 * @param settings the channel's settings
 * @param currentPicker where calls find their picker
 * @param idleWatch where calls count themselves
 * @param start starts the channel, unless it has started; any thread
 * @param repeats whether a request that no server has seen is sent again (A6)
 */
public record CallEnvironment(
    ChannelSettings settings,
    CurrentPicker currentPicker,
    IdleWatch idleWatch,
    Runnable start,
    boolean repeats) {}
