import org.jspecify.annotations.NullMarked;

/**
 * Fakes and contracts for authors of plugins and applications.
 *
 * <p>{@link grpc.testing} has a clock that the test moves, resolvers, balancers, subchannels,
 * connections and streams that do what the test says, and the channel around them, all without
 * threads. {@link grpc.testing.contract} has what every provider must hold, as JUnit classes to
 * extend.
 */
@NullMarked
module grpc.testing {
  requires static org.jspecify;
  requires transitive grpc.spi;
  requires transitive grpc.resolver.manual; // ScriptedResolver hears what its channels say
  requires transitive org.junit.jupiter.api; // the contracts' methods are tests

  exports grpc.testing;
  exports grpc.testing.contract;
}
