package grpc.kernel.server;

import grpc.kernel.observe.Observers;
import grpc.kernel.registry.Providers;
import grpc.kernel.time.Clock;

/**
 * What all calls of a server share.
 *
 * @param providers the runtime's
 * @param observers what hears of calls
 * @param clock time
 * @param maxReceiveMessageSize the limit for a request, in bytes
 * @param maxSendMessageSize the limit for a response, in bytes
 */
public record ServerSettings(
    Providers providers,
    Observers observers,
    Clock clock,
    int maxReceiveMessageSize,
    int maxSendMessageSize) {}
