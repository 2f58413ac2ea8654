package grpc.spi.resolver;

/** Creates resolvers for one URI scheme; a {@link java.util.ServiceLoader} service. */
public interface ResolverProvider {
  /** {@return the scheme, in lower case} */
  String scheme();

  /**
   * Creates a resolver; does no I/O.
   *
   * @throws IllegalArgumentException when the target can never be resolved; the message says what
   *     the scheme expects
   */
  Resolver create(Target target, ResolverContext context);

  /**
   * {@return the {@code :authority} that calls to this target carry unless told otherwise} It is
   * the endpoint, as {@link Authority#of(String)} has it: on {@code localhost} where that names no
   * host, as {@code :80} or nothing at all, and with IPv6 addresses in brackets.
   */
  default String authority(Target target) {
    return Authority.of(target.endpoint());
  }
}
