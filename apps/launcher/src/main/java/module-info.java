import org.jspecify.annotations.NullMarked;

/** The command line code of this repository's applications. */
@NullMarked
module launcher {
  requires static org.jspecify;
  requires transitive grpc.kernel;

  exports launcher;
}
