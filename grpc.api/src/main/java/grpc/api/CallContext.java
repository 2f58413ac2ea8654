package grpc.api;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The call that a handler answers, without its messages; bound to {@link #CURRENT} while the
 * handler runs. Calls that are made while it is bound inherit its deadline, and are cancelled when
 * it ends. Safe for use by several threads.
 */
public interface CallContext {
  /**
   * The context of the call that the current thread answers; the runtime binds it. A ScopedValue
   * does not reach threads of executors: see {@link #wrap(Runnable)}. Read it with {@link
   * #current}: on such a thread its error says what to do.
   */
  ScopedValue<CallContext> CURRENT = ScopedValue.newInstance();

  /**
   * {@return the context of the call that the current thread answers}
   *
   * @throws IllegalStateException when this thread answers none; the message says what to do
   */
  static CallContext current() {
    if (CURRENT.isBound()) {
      return CURRENT.get();
    }
    throw new IllegalStateException(
        "no call is answered on thread \"%s\" (expected: the thread of a handler; hand other threads their work as CallContext.wrap(task))"
            .formatted(Thread.currentThread().getName()));
  }

  /** {@return the method that was called} */
  MethodDescriptor<?, ?> method();

  /** {@return the {@code :authority} that the client asked for} */
  String authority();

  /**
   * {@return the content-subtype, {@code proto} if the request's content-type is {@code
   * application/grpc+proto}}
   */
  String contentSubtype();

  /** {@return the request's metadata, without the fields that gRPC reserves} */
  Metadata metadata();

  /** {@return the moment by which the call must have ended, if it has one} */
  Optional<Deadline> deadline();

  /** {@return the two ends of the connection} */
  Peer peer();

  /** {@return the attributes that interceptors have attached} */
  Attributes attributes();

  /** {@return this context with one more attribute, for an interceptor to hand on} */
  default <T> CallContext with(Attributes.Key<T> key, T value) {
    return new AttributedContext(this, attributes().with(key, value));
  }

  /** {@return whether the request message that was received last came compressed} */
  boolean messageCompressed();

  /**
   * {@return whether the call has ended before its handler: cancelled, timed out or disconnected}
   */
  boolean isCancelled();

  /**
   * Runs the action once when the call is cancelled, or at once if it already is. The action must
   * not block; an exception from it is logged. The runtime also interrupts the handler's thread, so
   * only work on other threads needs this.
   *
   * @return a registration; close it to withdraw the action
   */
  Registration onCancel(Runnable action);

  /**
   * Runs the action once when the call has ended, answered or cancelled, or at once if it already
   * has. Calls made with this context end the same way. The action must not block; an exception
   * from it is logged.
   *
   * @return a registration; close it to withdraw the action
   */
  Registration onEnd(Runnable action);

  /**
   * Sets the response headers; they leave with the first message or at the end.
   *
   * @throws IllegalStateException when they have left
   */
  void responseHeaders(Metadata headers);

  /**
   * Sends the response headers now, before any message.
   *
   * @throws IllegalStateException when they have left
   */
  void sendHeaders();

  /** Sets the trailers that end the call. Those of a thrown {@link StatusException} follow them. */
  void responseTrailers(Metadata trailers);

  /**
   * Chooses the encoding of the responses, {@code identity} for none. By default they have the
   * request's encoding. If the client's {@code grpc-accept-encoding} does not list the encoding,
   * the responses are not compressed.
   *
   * @throws IllegalStateException when the headers have left, or this runtime has no such
   *     compressor
   */
  void compressor(String encoding);

  /** Switches compression on or off for the messages sent from now on; true at first. */
  void compressMessages(boolean compress);

  /** {@return a task that runs with the context of the thread that calls this method} */
  static Runnable wrap(Runnable task) {
    if (!CURRENT.isBound()) {
      return task;
    }
    CallContext context = CURRENT.get();
    return () -> ScopedValue.where(CURRENT, context).run(task);
  }

  /** {@return a task that runs with the context of the thread that calls this method} */
  static <T> Callable<T> wrap(Callable<T> task) {
    if (!CURRENT.isBound()) {
      return task;
    }
    CallContext context = CURRENT.get();
    return () -> ScopedValue.where(CURRENT, context).call(task::call);
  }

  /** A registered action; close it to withdraw the action. */
  interface Registration extends AutoCloseable {
    /** Withdraws the action. Has no effect the second time. */
    @Override
    void close();
  }
}
