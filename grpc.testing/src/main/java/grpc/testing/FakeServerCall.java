package grpc.testing;

import grpc.api.Deadline;
import grpc.api.Metadata;
import grpc.api.MethodDefinition;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.ServerCallGate;
import grpc.api.ServerInterceptor;
import grpc.api.Service;
import grpc.api.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A call of a service without a server: the test is the client. The service's handler runs on a
 * virtual thread behind the test's interceptors. Messages are passed as they are, without codec,
 * compressor and limits. The test sees the effects of handler, interceptors and gates as a client
 * does: status, headers, trailers, responses.
 *
 * <p>Run a whole call with {@link Builder#call}, or start it and act as the client step by step.
 * The methods that wait have no timeout: give the test one, such as JUnit's {@code @Timeout}. For
 * the test's thread, or several.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public final class FakeServerCall<Q, R> {
  private final ScriptedCall<Q, R> call;

  private FakeServerCall(ScriptedCall<Q, R> call) {
    this.call = call;
  }

  /**
   * {@return a builder of a call of this method of the service}
   *
   * @throws IllegalArgumentException if the service does not have the method
   */
  public static <Q, R> Builder<Q, R> of(Service service, MethodDescriptor<Q, R> method) {
    for (var definition : service.definition().methods()) {
      if (definition.method().equals(method)) {
        @SuppressWarnings("unchecked") // equal methods have the same types
        var found = (MethodDefinition<Q, R>) definition;
        return new Builder<>(found);
      }
    }
    throw new IllegalArgumentException(
        "service %s has no method %s (expected: one of %s)"
            .formatted(
                service.definition().name(), method.fullName(), service.definition().methods()));
  }

  /** Sends a request. It is dropped once the call has ended, as on a connection. */
  public void send(Q request) {
    call.request(Objects.requireNonNull(request, "request"));
  }

  /** Ends the requests. */
  public void halfClose() {
    call.halfClose();
  }

  /**
   * Cancels the call, like a client or a lost connection. The handler's thread is interrupted, and
   * the handler's receive and send throw. Has no effect once the call has ended.
   */
  public void cancel() {
    call.cancel(Status.cancelled("the client cancelled the call"));
  }

  /**
   * Lets the deadline pass, even if the context has none: the call is cancelled with
   * DEADLINE_EXCEEDED. Has no effect once the call has ended.
   */
  public void expire() {
    call.cancel(
        Status.deadlineExceeded(
            "the deadline passed before %s had answered".formatted(call.method().path())));
  }

  /** {@return the response headers; waits until they have left} */
  public Metadata headers() throws InterruptedException {
    return call.awaitHeaders();
  }

  /** {@return the next response; waits for it; empty once the call has ended} */
  public Optional<R> receive() throws InterruptedException {
    return call.awaitResponse();
  }

  /** {@return the responses that were not taken; waits until the handler has returned} */
  public List<R> responses() throws InterruptedException {
    call.awaitEnd();
    return call.takeResponses();
  }

  /** {@return the call's status for the client; waits until the handler has returned} */
  public Status status() throws InterruptedException {
    return call.awaitEnd();
  }

  /** {@return the trailers; waits until the handler has returned} */
  public Metadata trailers() throws InterruptedException {
    call.awaitEnd();
    return call.context().sentTrailers();
  }

  /**
   * {@return the exception of the handler or an interceptor, if it is not a {@link
   * grpc.api.StatusException} and so gives the client UNKNOWN; waits until the handler has
   * returned}
   */
  public Optional<Throwable> thrown() throws InterruptedException {
    call.awaitEnd();
    return call.thrown();
  }

  /** {@return the encoding that the handler or an interceptor chose for the responses} */
  public Optional<String> compressor() {
    return call.context().chosenCompressor();
  }

  /**
   * The parts of a call; for one thread. By default a call has a peer at 127.0.0.1, the authority
   * {@code localhost}, no metadata and no deadline.
   *
   * @param <Q> the request message
   * @param <R> the response message
   */
  public static final class Builder<Q, R> {
    private static final InetSocketAddress HERE =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final MethodDefinition<Q, R> method;
    private final List<ServerInterceptor> interceptors = new ArrayList<>();
    private final List<ServerCallGate> gates = new ArrayList<>();
    private Metadata metadata = Metadata.EMPTY;
    private Peer peer = Peer.of(HERE, HERE);
    private String authority = "localhost";
    private Optional<Deadline> deadline = Optional.empty();

    private Builder(MethodDefinition<Q, R> method) {
      this.method = method;
    }

    /** Adds interceptors; the first one added is the outermost. */
    public Builder<Q, R> intercept(ServerInterceptor... added) {
      interceptors.addAll(List.of(added));
      return this;
    }

    /** Adds gates; the call asks them in this order before the handler starts. */
    public Builder<Q, R> gate(ServerCallGate... added) {
      gates.addAll(List.of(added));
      return this;
    }

    /** Chooses the request's metadata. */
    public Builder<Q, R> metadata(Metadata metadata) {
      this.metadata = Objects.requireNonNull(metadata, "metadata (for none: Metadata.EMPTY)");
      return this;
    }

    /** Chooses the two ends of the connection, with the client's identity. */
    public Builder<Q, R> peer(Peer peer) {
      this.peer = Objects.requireNonNull(peer, "peer");
      return this;
    }

    /** Chooses the {@code :authority}. */
    public Builder<Q, R> authority(String authority) {
      this.authority = Objects.requireNonNull(authority, "authority");
      return this;
    }

    /** Chooses the context's deadline. It passes when you call {@link FakeServerCall#expire}. */
    public Builder<Q, R> deadline(Deadline deadline) {
      this.deadline = Optional.of(deadline);
      return this;
    }

    /** {@return the running call} Its handler waits for requests if it reads any. */
    public FakeServerCall<Q, R> start() {
      var call =
          new ScriptedCall<>(new CallFacts<>(method.method(), authority, metadata, deadline, peer));
      call.start(gates, interceptors, method.handler());
      return new FakeServerCall<>(call);
    }

    /**
     * {@return the ended call, with all its responses} Sends these requests, half-closes, and waits
     * until the handler has returned.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the call only reads the array
    public final FakeServerCall<Q, R> call(Q... requests) throws InterruptedException {
      var call = start();
      for (var request : requests) {
        call.send(request);
      }
      call.halfClose();
      call.status();
      return call;
    }
  }
}
