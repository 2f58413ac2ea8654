package grpc.spi.balancer;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;

/**
 * The call that a connection is picked for.
 *
 * @param method the method
 * @param options the caller's options, with the metadata that the call will carry
 */
public record PickInfo(MethodDescriptor<?, ?> method, CallOptions options) {}
