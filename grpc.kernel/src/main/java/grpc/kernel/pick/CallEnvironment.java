package grpc.kernel.pick;

/**
 * What a call needs of the channel that it is made on: the whole one, or that of a single
 * connection.
 *
 * @param settings what the channel is made from
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
