package grpc.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Admits or refuses a server's calls by their headers and their peer, before a byte of the message
 * is read: the place for authorization, rate limits and quotas. A call that is refused costs its
 * headers; its messages are dropped as they arrive, and its client has the status at once.
 *
 * <p>Your gate sees every gRPC call that reaches the server: those of its services, those that a
 * fallback may answer, and those of methods that it does not have. It is asked before the server
 * says UNIMPLEMENTED, so that a stranger does not learn which methods exist.
 *
 * <p>It is called on the connection's reader: it must not block, and while it runs no other call of
 * that connection begins. It must be safe for use by any number of threads. A gate that throws, or
 * answers null, refuses the call with INTERNAL; the log has what it threw, the client does not.
 */
@FunctionalInterface
public interface ServerCallGate {
  /** {@return whether the call may go on} Called once a call. */
  Decision decide(Call call);

  /** What is known of a call before its messages; made by the server. */
  interface Call {
    /**
     * {@return its method as the client sent it, {@code package.Service/Method}} For a method that
     * the server does not have, this is a text of the client's choice.
     */
    String fullMethodName();

    /**
     * {@return whether a service of the server has the method} If not, a fallback may answer the
     * call.
     */
    boolean isRegistered();

    /** {@return the {@code :authority} that the client calls} */
    String authority();

    /** {@return what the client sent, without the fields that gRPC reserves} */
    Metadata metadata();

    /** {@return the two ends of the connection} */
    Peer peer();

    /** {@return how long the client waits for the answer, if it says so} */
    Optional<Duration> timeout();
  }

  /** What a gate says of a call. */
  sealed interface Decision permits Admit, Refuse {
    /** {@return the decision to let the call go on} */
    static Decision admit() {
      return Admit.ADMIT;
    }

    /**
     * {@return the decision to end the call}
     *
     * @param status what the client sees
     * @throws IllegalArgumentException when the status is OK
     */
    static Decision refuse(Status status) {
      return refuse(status, Metadata.EMPTY);
    }

    /**
     * {@return the decision to end the call with trailers}
     *
     * @param status what the client sees
     * @param trailers what goes with the status
     * @throws IllegalArgumentException when the status is OK
     */
    static Decision refuse(Status status, Metadata trailers) {
      if (status.isOk()) {
        throw new IllegalArgumentException(
            "a refusal with OK (expected: another code; to admit the call: Decision.admit())");
      }
      return new Refuse(status, Objects.requireNonNull(trailers, "trailers"));
    }
  }

  /** The call goes on. */
  final class Admit implements Decision {
    private static final Admit ADMIT = new Admit();

    private Admit() {}

    @Override
    public String toString() {
      return "admit";
    }
  }

  /** The call ends. */
  final class Refuse implements Decision {
    private final Status status;
    private final Metadata trailers;

    private Refuse(Status status, Metadata trailers) {
      this.status = status;
      this.trailers = trailers;
    }

    /** {@return what the client sees; never OK} */
    public Status status() {
      return status;
    }

    /** {@return what goes with the status} */
    public Metadata trailers() {
      return trailers;
    }

    @Override
    public String toString() {
      return "refuse " + status;
    }
  }
}
