package grpc.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** One search of an attempt for a connection. */
@Name("grpc.Pick")
@Label("Pick")
@Description("An attempt's search for a connection; it lasts while the balancer queues the call")
@Category("gRPC")
@StackTrace(false)
final class PickEvent extends Event {
  @Label("Method")
  @Nullable String method;

  @Label("Target")
  @Nullable String target;

  @Label("Address")
  @Description("The address that the balancer picked; none if the attempt ended before")
  @Nullable String address;
}
