package grpc.spi.observe;

import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;

/**
 * What a server knows of a call when it begins.
 *
 * @param method the method that answers it
 * @param registered whether a service has the method; else a fallback answers, the name is a
 *     stranger's choice, of which there may be any number, and metrics say {@code other} (A66)
 * @param metadata what the client sent, for example the trace that the call is part of (A72)
 * @param peer the two ends of the connection
 */
public record ServerCallStart(
    MethodDescriptor<?, ?> method, boolean registered, Metadata metadata, Peer peer) {}
