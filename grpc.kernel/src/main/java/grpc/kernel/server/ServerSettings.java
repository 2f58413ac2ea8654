package grpc.kernel.server;

import grpc.kernel.observe.Observers;
import grpc.kernel.registry.Providers;
import grpc.kernel.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What all calls of a server share.
 *
 * @param providers the runtime's
 * @param observers what hears of calls
 * @param clock time
 * @param maxReceiveMessageSize the limit for a request, in bytes
 * @param maxSendMessageSize the limit for a response, in bytes
 * @param handlerLoader the context class loader of handlers; null for none
 */
public record ServerSettings(
    Providers providers,
    Observers observers,
    Clock clock,
    int maxReceiveMessageSize,
    int maxSendMessageSize,
    @Nullable ClassLoader handlerLoader) {}
