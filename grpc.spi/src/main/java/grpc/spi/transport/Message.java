package grpc.spi.transport;

import java.nio.ByteBuffer;

/**
 * A gRPC Length-Prefixed-Message without its prefix.
 *
 * @param compressed the prefix's flag
 * @param payload its bytes, from position to limit; the receiver of this object owns them
 */
public record Message(boolean compressed, ByteBuffer payload) {}
