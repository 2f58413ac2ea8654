package grpc.observe.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** One call that a server answered or refused. */
@Name("grpc.ServerCall")
@Label("Server Call")
@Description("A call of a server, from its headers to the end of its handler, if it has one")
final class ServerCallEvent extends CallEvent {
  @Label("Peer")
  @Nullable String peer;
}
