package grpc.transport.nio.stream;

import grpc.api.Status;
import grpc.spi.transport.Message;
import grpc.transport.nio.outbound.Command;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream's DATA into messages (PROTOCOL-HTTP2, Length-Prefixed-Message). Owned by the
 * connection's reader. A declared length may be false, so the array grows as bytes arrive.
 */
final class MessageDeframer {
  private static final int PREFIX = Command.Data.PREFIX_SIZE;
  private static final byte[] EMPTY = {};

  /** The most bytes to allocate beyond those received: limits the cost of a false length. */
  private static final int GROWTH = 8;

  /** Counts the bytes of incomplete messages. */
  interface Ledger {
    /** Counts bytes before they are kept; throws if the budget does not allow them. */
    void hold(int bytes) throws Malformed;

    /** Counts bytes that are no longer kept. */
    void letGo(int bytes);

    /** {@return the name of messages here, and the owner of their limit} */
    Limit limit();
  }

  /**
   * The owner of the limit for messages.
   *
   * @param message the name of messages, for errors
   * @param owner the owner of the limit, and the setting that raises it
   */
  record Limit(String message, String owner) {
    static final Limit OF_CLIENT =
        new Limit(
            "response",
            "the client's limit: raise maxReceiveMessageSize of GrpcChannelBuilder, or"
                + " withMaxReceiveMessageSize of the call's CallOptions");

    static final Limit OF_SERVER =
        new Limit(
            "request",
            "the server's limit: its operator can raise maxReceiveMessageSize of"
                + " GrpcServerBuilder");
  }

  private int prefixRead;
  private byte flag;
  private boolean counted; // whether the body's bytes are charged to the ledger
  private int length;
  private byte[] body = EMPTY;
  private int filled;

  /** The bytes are not a valid message. It ends the call and not the connection. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Status status;

    Malformed(Status status) {
      super(status.message(), null, false, false);
      this.status = status;
    }

    Status status() {
      return status;
    }
  }

  /**
   * {@return the bytes counted for this message, which is complete now} The thread that takes the
   * message must give them back.
   */
  int takeCounted(Message whole) {
    int bytes = counted ? whole.payload().array().length : 0;
    counted = false;
    return bytes;
  }

  /** Drops an incomplete message that will not be completed. */
  void drop(Ledger ledger) {
    int bytes = counted ? body.length : 0;
    counted = false;
    body = EMPTY;
    if (bytes > 0) {
      ledger.letGo(bytes);
    }
  }

  /**
   * Reads up to the end of the next message.
   *
   * @param limit the most bytes of a message
   * @param ledger counts the kept bytes
   * @return the next message, or null when all bytes are read and it is incomplete
   */
  @Nullable Message next(ByteBuffer data, int limit, Ledger ledger) throws Malformed {
    if (prefixRead < PREFIX && !readPrefix(data, limit, ledger)) {
      return null;
    }
    int missing = length - filled;
    int count = Math.min(missing, data.remaining());
    if (body.length < filled + count) {
      grow(filled + count, ledger);
    }
    data.get(body, filled, count);
    filled += count;
    if (count < missing) {
      return null;
    }
    var message = new Message(flag == 1, ByteBuffer.wrap(body, 0, length));
    prefixRead = 0;
    body = EMPTY;
    filled = 0;
    length = 0;
    return message;
  }

  private boolean readPrefix(ByteBuffer data, int limit, Ledger ledger) throws Malformed {
    if (prefixRead == 0 && data.remaining() >= PREFIX) {
      flag = data.get();
      length = data.getInt();
      prefixRead = PREFIX;
    }
    for (; prefixRead < PREFIX && data.hasRemaining(); prefixRead++) {
      int b = data.get() & 0xFF;
      if (prefixRead == 0) {
        flag = (byte) b;
      } else {
        length = length << 8 | b;
      }
    }
    if (prefixRead < PREFIX) {
      return false;
    }
    if ((flag & 0xFF) > 1) {
      throw new Malformed(Status.internal("message flag " + (flag & 0xFF) + " (expected: 0 or 1)"));
    }
    if (length < 0 || length > limit) {
      throw new Malformed(
          Status.resourceExhausted(
              "%s message: %s bytes (expected: at most %d, %s)"
                  .formatted(
                      ledger.limit().message(),
                      Integer.toUnsignedString(length),
                      limit,
                      ledger.limit().owner())));
    }
    return true;
  }

  private void grow(int needed, Ledger ledger) throws Malformed {
    int size = (int) Math.min(length, (long) GROWTH * needed);
    if (needed < length || filled > 0) { // else it is complete at once, and soon taken
      ledger.hold(size - (counted ? body.length : 0));
      counted = true;
    }
    body = filled == 0 ? new byte[size] : Arrays.copyOf(body, size);
  }

  /** {@return the bytes that the message being read still needs} */
  int missing() {
    return prefixRead < PREFIX ? 0 : length - filled;
  }

  /** {@return the received bytes of the message being read, its prefix included} */
  int begun() {
    return prefixRead + filled;
  }

  /** {@return whether there is no incomplete message} */
  boolean betweenMessages() {
    return prefixRead == 0;
  }
}
