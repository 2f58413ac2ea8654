package grpc.spi.transport;

/**
 * What this side wants of a stream; none of it travels.
 *
 * @param maxReceiveMessageSize the limit for a message received, in bytes as they are on the wire;
 *     a larger one ends the stream with RESOURCE_EXHAUSTED before it is read
 * @param singleResponse whether one response is expected: its reader may then be woken once, when
 *     the stream has ended, and not for the message before
 */
public record StreamOptions(int maxReceiveMessageSize, boolean singleResponse) {}
