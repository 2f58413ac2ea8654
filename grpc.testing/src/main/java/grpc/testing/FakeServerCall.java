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
 * virtual thread behind the interceptors that the test gives, with messages as they are: no codec,
 * no compressor and no limit takes part. What a handler, an interceptor or a gate does to the call,
 * the test sees as a client would: status, headers, trailers, responses.
 *
 * <p>Run a call whole with {@link Builder#call}, or start it and play the client step by step. The
 * methods that wait have no timeout: give the test one, such as JUnit's {@code @Timeout}. For the
 * test's thread, or several.
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

  /** Sends a request. It is dropped once the call has ended, as it is on a connection. */
  public void send(Q request) {
    call.request(Objects.requireNonNull(request, "request"));
  }

  /** Ends the requests. */
  public void halfClose() {
    call.halfClose();
  }

  /**
   * Cancels the call, as a client does, or a connection that is lost. The handler's thread is
   * interrupted, and the handler's receive and send throw. Does nothing once the call has ended.
   */
  public void cancel() {
    call.cancel(Status.cancelled("the client cancelled the call"));
  }

  /**
   * Lets the deadline pass, whatever the context says of it: the call is cancelled with
   * DEADLINE_EXCEEDED. Does nothing once the call has ended.
   */
  public void expire() {
    call.cancel(
        Status.deadlineExceeded(
            "the deadline passed before %s had answered".formatted(call.method().path())));
  }

  /** {@return the response headers, once they have left; waits for that} */
  public Metadata headers() throws InterruptedException {
    return call.awaitHeaders();
  }

  /** {@return the next response that was not taken; waits for it; empty once the call has ended} */
  public Optional<R> receive() throws InterruptedException {
    return call.awaitResponse();
  }

  /** {@return the responses that were not taken; waits until the handler has returned} */
  public List<R> responses() throws InterruptedException {
    call.awaitEnd();
    return call.takeResponses();
  }

  /** {@return how the client sees the call end; waits until the handler has returned} */
  public Status status() throws InterruptedException {
    return call.awaitEnd();
  }

  /** {@return what comes with the status; waits until the handler has returned} */
  public Metadata trailers() throws InterruptedException {
    call.awaitEnd();
    return call.context().sentTrailers();
  }

  /**
   * {@return what left the handler or an interceptor and is no {@link grpc.api.StatusException},
   * for which the client gets UNKNOWN; waits until the handler has returned}
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
   * What a call is made of; for one thread. A call has a peer at 127.0.0.1, the authority {@code
   * localhost}, no metadata and no deadline unless chosen.
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

    /** Adds gates, which are asked in their order before the handler starts. */
    public Builder<Q, R> gate(ServerCallGate... added) {
      gates.addAll(List.of(added));
      return this;
    }

    /** Chooses the request's metadata. */
    public Builder<Q, R> metadata(Metadata metadata) {
      this.metadata = Objects.requireNonNull(metadata, "metadata (for none: Metadata.EMPTY)");
      return this;
    }

    /** Chooses the two ends of the connection, with what is known of the client. */
    public Builder<Q, R> peer(Peer peer) {
      this.peer = Objects.requireNonNull(peer, "peer");
      return this;
    }

    /** Chooses the {@code :authority}. */
    public Builder<Q, R> authority(String authority) {
      this.authority = Objects.requireNonNull(authority, "authority");
      return this;
    }

    /** Chooses the deadline that the context has. It passes by {@link FakeServerCall#expire}. */
    public Builder<Q, R> deadline(Deadline deadline) {
      this.deadline = Optional.of(deadline);
      return this;
    }

    /** {@return the call, whose handler runs, and waits for requests if it reads any} */
    public FakeServerCall<Q, R> start() {
      var call =
          new ScriptedCall<>(new CallFacts<>(method.method(), authority, metadata, deadline, peer));
      call.start(gates, interceptors, method.handler());
      return new FakeServerCall<>(call);
    }

    /**
     * {@return the call, which has ended} Sends these requests, half-closes, and waits until the
     * handler has returned. Its responses are all there.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the requests are only read
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
