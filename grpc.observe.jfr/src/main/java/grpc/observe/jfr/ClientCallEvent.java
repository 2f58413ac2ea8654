package grpc.observe.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** One call of a channel, with all of its attempts. */
@Name("grpc.ClientCall")
@Label("Client Call")
@Description("A call of a channel, from its start to its end")
final class ClientCallEvent extends CallEvent {
  @Label("Target")
  @Nullable String target;

  @Label("Attempts")
  int attempts;
}
