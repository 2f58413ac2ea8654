import org.jspecify.annotations.NullMarked;

/** What the command lines of this repository's applications share. */
@NullMarked
module launcher {
  requires static org.jspecify;
  requires transitive grpc.kernel;

  exports launcher;
}
