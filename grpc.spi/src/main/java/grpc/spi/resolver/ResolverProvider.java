package grpc.spi.resolver;

import java.net.SocketAddress;
import java.util.List;

/**
 * Creates resolvers for one URI scheme; a {@link java.util.ServiceLoader} service, or given to the
 * builder of a channel. Your provider has a public constructor without arguments if it is a
 * service. One instance serves all channels of a runtime, on any thread. No method returns null.
 */
public interface ResolverProvider {
  /** {@return the scheme, in lower case; always the same} */
  String scheme();

  /**
   * Creates a resolver. Do no I/O, do not publish and start no thread before {@link
   * Resolver#start}: {@code GrpcRuntime.check} makes a resolver and closes it, to see whether it
   * accepts the target.
   *
   * @throws IllegalArgumentException when the target can never be resolved; the message says what
   *     the scheme expects
   */
  Resolver create(Target target, ResolverContext context);

  /**
   * {@return the {@code :authority} of calls to this target, unless the application sets another}
   * The default is {@link Authority#of(String)} of the endpoint: {@code localhost} if it has no
   * host (empty, or {@code :80}), and IPv6 addresses in brackets.
   */
  default String authority(Target target) {
    return Authority.of(target.endpoint());
  }

  /**
   * {@return one address of each type that your resolvers may find} {@code GrpcRuntime.check} asks
   * whether a transport supports them. Return none if you cannot say.
   */
  default List<SocketAddress> sampleAddresses() {
    return List.of();
  }
}
