package grpc.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A change of a channel's or a server's connection. */
@Name("grpc.Connection")
@Label("Connection")
@Description(
    "A connection of a channel is ready, or gone; a server has accepted one, or it is gone")
@Category("gRPC")
@StackTrace(false)
final class ConnectionEvent extends Event {
  @Label("Target")
  @Description("The channel's target; empty for a server's connection")
  @Nullable String target;

  @Label("Address")
  @Nullable String address;

  @Label("Open")
  @Description("True when it became ready, false when it was lost")
  boolean open;

  @Label("Reason")
  @Nullable String reason;
}
