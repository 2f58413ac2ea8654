package grpc.kernel.message;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.log.SeldomLog;
import grpc.kernel.registry.PluginFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The side that encodes and decodes. It decides how much of a failure its status may show. */
public enum Side {
  /** The caller sees the status itself, with all that is known. */
  CLIENT(
      "response",
      "the client's limit: raise maxReceiveMessageSize of GrpcChannelBuilder, or"
          + " withMaxReceiveMessageSize of the call's CallOptions",
      "request",
      "the client's limit: raise maxSendMessageSize of GrpcChannelBuilder, or"
          + " withMaxSendMessageSize of the call's CallOptions") {
    @Override
    StatusException failed(String brief, Throwable why) {
      return exception(
          brief + ": " + (why instanceof PluginFailure ? why.getMessage() : why.toString()), why);
    }
  },

  /** The status travels to a stranger, so that the log has the details. */
  SERVER(
      "request",
      "the server's limit: its operator can raise maxReceiveMessageSize of GrpcServerBuilder",
      "response",
      "the server's limit: its operator can raise maxSendMessageSize of GrpcServerBuilder") {
    @Override
    StatusException failed(String brief, Throwable why) {
      FAILURES.log(brief, why);
      return exception(brief, why);
    }
  };

  private static final Logger log = LoggerFactory.getLogger("grpc.message");

  /** A peer may send unreadable messages without end. */
  private static final SeldomLog FAILURES = new SeldomLog(log, Level.WARN);

  private final String received;
  private final String receiveLimit;
  private final String sent;
  private final String sendLimit;

  Side(String received, String receiveLimit, String sent, String sendLimit) {
    this.received = received;
    this.receiveLimit = receiveLimit;
    this.sent = sent;
    this.sendLimit = sendLimit;
  }

  /** The end of a call for a plugin's failure. */
  final StatusException failed(String brief, String role, Object plugin, Throwable thrown) {
    return failed(brief, PluginFailure.of(role, plugin, thrown));
  }

  /**
   * The end of a call for this reason.
   *
   * @param brief the part that the peer may see
   * @param why the rest
   */
  abstract StatusException failed(String brief, Throwable why);

  /** The end of a call because a received message is over the limit. */
  final StatusException receivedTooLarge(String size, int limit) {
    return tooLarge(received, size, limit, receiveLimit);
  }

  /** The end of a call because a message to send is over the limit. */
  final StatusException sentTooLarge(int size, int limit) {
    return tooLarge(sent, size + " bytes", limit, sendLimit);
  }

  private static StatusException tooLarge(String what, String size, int limit, String whose) {
    return Status.resourceExhausted(
            "%s message: %s (expected: at most %d, %s)".formatted(what, size, limit, whose))
        .asException();
  }

  private static StatusException exception(String message, Throwable cause) {
    return new StatusException(Status.internal(message), Metadata.EMPTY, cause);
  }
}
