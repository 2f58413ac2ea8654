package grpc.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The fields that the events of both sides' calls share. */
@Category("gRPC")
@StackTrace(false)
abstract class CallEvent extends Event {
  @Label("Method")
  @Nullable String method;

  @Label("Status")
  @Nullable String status;

  @Label("Status Message")
  @Nullable String message;

  @Label("Messages Sent")
  int messagesSent;

  @Label("Messages Received")
  int messagesReceived;

  @Label("Bytes Sent")
  @Description("Before compression")
  @DataAmount
  long bytesSent;

  @Label("Bytes Received")
  @Description("After decompression")
  @DataAmount
  long bytesReceived;

  @Label("Wire Bytes Sent")
  @Description("After compression, without headers")
  @DataAmount
  long wireBytesSent;

  @Label("Wire Bytes Received")
  @Description("After compression, without headers")
  @DataAmount
  long wireBytesReceived;
}
