package grpc.spi.transport;

import grpc.api.Metadata;

/**
 * What a response says before its messages.
 *
 * @param contentSubtype as in the request that it answers
 * @param encoding the {@code grpc-encoding}; {@link RequestHeaders#IDENTITY} where there is none
 * @param acceptEncoding the {@code grpc-accept-encoding}, comma separated; empty where there is
 *     none
 * @param metadata all that gRPC does not reserve
 */
public record ResponseHeaders(
    String contentSubtype, String encoding, String acceptEncoding, Metadata metadata) {}
