package grpc.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Admits or refuses a server's calls by their headers and their peer, before the server reads a
 * byte of the message: put authorization, rate limits and quotas here. A refused call costs its
 * headers. The server drops its messages as they arrive, and the client gets the status at once.
 *
 * <p>Your gate sees every gRPC call that reaches the server: calls of its services, calls that a
 * fallback may answer, and calls of unknown methods. The server asks it before it answers
 * UNIMPLEMENTED, so that a stranger does not learn which methods exist.
 *
 * <p>The server calls your gate on the connection's reader. The gate must not block: while it runs,
 * no other call of that connection begins. It must be safe for use by any number of threads. If it
 * throws or returns null, the server refuses the call with INTERNAL and logs the exception; the
 * client does not see it.
 */
@FunctionalInterface
public interface ServerCallGate {
  /** {@return whether the call may go on} The server asks once per call. */
  Decision decide(Call call);

  /** A call before its messages: its headers and its peer. The server makes it. */
  interface Call {
    /**
     * {@return its method as the client sent it, {@code package.Service/Method}} For an unknown
     * method this may be any text: the client chooses it.
     */
    String fullMethodName();

    /**
     * {@return whether a service of the server has the method} If not, a fallback may answer the
     * call.
     */
    boolean isRegistered();

    /** {@return the {@code :authority} that the client calls} */
    String authority();

    /** {@return the request's metadata, without the fields that gRPC reserves} */
    Metadata metadata();

    /** {@return the two ends of the connection} */
    Peer peer();

    /** {@return the client's timeout, if it sent one} */
    Optional<Duration> timeout();
  }

  /** A gate's decision on a call. */
  sealed interface Decision permits Admit, Refuse {
    /** {@return the decision to let the call go on} */
    static Decision admit() {
      return Admit.ADMIT;
    }

    /**
     * {@return the decision to end the call}
     *
     * @param status the call's status
     * @throws IllegalArgumentException when the status is OK
     */
    static Decision refuse(Status status) {
      return refuse(status, Metadata.EMPTY);
    }

    /**
     * {@return the decision to end the call with trailers}
     *
     * @param status the call's status
     * @param trailers the trailers beside the status
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

    /** {@return the call's status; never OK} */
    public Status status() {
      return status;
    }

    /** {@return the trailers beside the status} */
    public Metadata trailers() {
      return trailers;
    }

    @Override
    public String toString() {
      return "refuse " + status;
    }
  }
}
