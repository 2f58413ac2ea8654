package grpc.transport.nio.frame;

import org.jspecify.annotations.Nullable;

/** The frame types of RFC 9113 §6; the ordinal is the code on the wire. */
public enum FrameType {
  /** Payload of a stream (§6.1). */
  DATA,
  /** Opens a stream or carries trailers (§6.2). */
  HEADERS,
  /** Deprecated; checked and otherwise ignored (§6.3). */
  PRIORITY,
  /** Ends a stream at once (§6.4). */
  RST_STREAM,
  /** Connection parameters, or their acknowledgement (§6.5). */
  SETTINGS,
  /** Server push, which gRPC does not use (§6.6). */
  PUSH_PROMISE,
  /** Round trip measurement and liveness (§6.7). */
  PING,
  /** No new streams (§6.8). */
  GOAWAY,
  /** Flow-control credit (§6.9). */
  WINDOW_UPDATE,
  /** More of a field block (§6.10). */
  CONTINUATION;

  private static final FrameType[] TYPES = values();

  /** The type's code on the wire. */
  public int code() {
    return ordinal();
  }

  /** {@return the type with this code, or null; frames of other types are ignored (§5.5)} */
  public static @Nullable FrameType of(int code) {
    return code >= 0 && code < TYPES.length ? TYPES[code] : null;
  }

  /** {@return the name of a type for logs, also of an unknown one: {@code 0x1f}} */
  public static String describe(int code) {
    FrameType type = of(code);
    return type == null ? "0x" + Integer.toHexString(code) : type.name();
  }
}
