package grpc.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** One attempt of a call. */
@Name("grpc.Attempt")
@Label("Attempt")
@Description("An attempt of a client's call, from its pick to its end")
@Category("gRPC")
@StackTrace(false)
final class AttemptEvent extends Event {
  @Label("Method")
  @Nullable String method;

  @Label("Target")
  @Nullable String target;

  @Label("Address")
  @Description("The address that the balancer picked; none if there was no connection")
  @Nullable String address;

  @Label("Previous Attempts")
  int previousAttempts;

  @Label("Transparent")
  @Description("Whether it repeats an attempt that no server has seen")
  boolean transparent;

  @Label("Status")
  @Nullable String status;

  @Label("Wire Bytes Sent")
  @DataAmount
  long wireBytesSent;

  @Label("Wire Bytes Received")
  @DataAmount
  long wireBytesReceived;
}
