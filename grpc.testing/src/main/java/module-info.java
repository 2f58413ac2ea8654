import org.jspecify.annotations.NullMarked;

/**
 * Fakes and contracts for authors of plugins and applications.
 *
 * <p>{@link grpc.testing} has fakes that the test controls, all without threads: a clock,
 * resolvers, balancers, subchannels, connections and streams, and the channel around them. {@link
 * grpc.testing.contract} has the tests that every provider must pass, as JUnit classes to extend.
 */
@NullMarked
module grpc.testing {
  requires static org.jspecify;
  requires transitive grpc.spi;
  requires transitive grpc.resolver.manual; // ScriptedResolver records the answers of its channels
  requires transitive org.junit.jupiter.api; // the contracts' methods are tests

  exports grpc.testing;
  exports grpc.testing.contract;
}
