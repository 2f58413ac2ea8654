package grpc.transport.nio.client;

import grpc.api.Status;
import grpc.spi.transport.Keepalive;
import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.outbound.Command;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The graceful end of a client's connection: it takes no new calls, and closes when the last call
 * has ended. A call increments the count, then reads {@link #begun}; a drain sets {@code begun},
 * then reads the count: at least one of the two sees the other.
 */
final class ClientDrain {
  private final Connection connection;
  private final ClientConnection.Events events;
  private final Optional<Keepalive> keepalive;
  private final AtomicInteger calls = new AtomicInteger();
  private int lastGoAway = Integer.MAX_VALUE; // loop only
  private String lastError = ""; // loop only
  private volatile boolean begun;

  ClientDrain(
      Connection connection, ClientConnection.Events events, Optional<Keepalive> keepalive) {
    this.connection = connection;
    this.events = events;
    this.keepalive = keepalive;
  }

  /** {@return the number of calls} Any thread. */
  int calls() {
    return calls.get();
  }

  /** Counts a call; call it before {@link #begun}. Any thread. */
  void callBegins() {
    calls.incrementAndGet();
  }

  /** A counted call has ended. Any thread. */
  void callEnded() {
    if (calls.decrementAndGet() == 0 && begun) {
      shutdownOutputSoon();
    }
  }

  /** {@return whether new calls are refused} Any thread. */
  boolean begun() {
    return begun;
  }

  /** Refuses new calls from now on. Any thread. */
  void refuseCalls() {
    begun = true;
  }

  /** Closes once the last call has ended. Any thread. */
  void shutdownOutputSoon() {
    connection.execute(this::shutdownOutputIfIdle);
  }

  private void shutdownOutputIfIdle() {
    if (begun && calls.get() == 0) {
      connection.put(new Command.GoAway(0, ErrorCode.NO_ERROR, ""));
      connection.lingering().beginBriefly(Status.unavailable("the connection was drained"));
    }
  }

  /** The server sent GOAWAY. Loop only. */
  void goAway(int lastStreamId, int errorCode, String debug) throws ConnectionError {
    if (lastStreamId > lastGoAway) { // RFC 9113 §6.8
      throw new ConnectionError(
          ErrorCode.PROTOCOL_ERROR,
          "GOAWAY with last stream " + lastStreamId + " after one with " + lastGoAway);
    }
    lastGoAway = lastStreamId;
    Status status =
        Status.unavailable(
            "the server is going away: "
                + ErrorCode.describe(errorCode)
                + (debug.isEmpty() ? "" : ": " + debug));
    if (ErrorCode.of(errorCode) != ErrorCode.NO_ERROR) {
      lastError = "; before, " + status.message();
    }
    connection.put(new Command.PeerWentAway(lastStreamId, status));
    if (ErrorCode.of(errorCode) == ErrorCode.ENHANCE_YOUR_CALM && debug.equals("too_many_pings")) {
      keepalive.ifPresent(events::pingedTooOften); // gRFC A8
    }
    begin(status);
  }

  /** {@return the status of the calls that still run when the server closes} Loop only. */
  Status endOfInput() {
    return Status.unavailable(
        "the server " + connection.wire().remoteAddress() + " closed the connection" + lastError);
  }

  /** Refuses new calls from now on, for this reason. Loop only. */
  void begin(Status reason) {
    if (!begun) {
      begun = true;
      events.draining(reason);
    }
    shutdownOutputSoon();
  }
}
