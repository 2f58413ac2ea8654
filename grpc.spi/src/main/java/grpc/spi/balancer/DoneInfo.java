package grpc.spi.balancer;

import grpc.api.Metadata;
import grpc.api.Status;

/**
 * How a call ended on the connection that was picked for it.
 *
 * @param status the attempt's status
 * @param trailers what came with it
 * @param bytesReceived whether the server answered anything
 */
public record DoneInfo(Status status, Metadata trailers, boolean bytesReceived) {}
