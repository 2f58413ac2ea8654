package grpc.testing;

import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.MethodHandler;
import grpc.api.ServerCall;
import grpc.api.ServerCallGate;
import grpc.api.ServerInterceptor;
import grpc.api.Status;
import grpc.api.StatusException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * A call between the test and the handler's thread: two queues of messages and an end. The monitor
 * of {@link #context} guards it, and each wait is on that monitor.
 */
final class ScriptedCall<Q, R> implements ServerCall<Q, R> {
  private final CallFacts<Q, R> facts;
  private final ScriptedContext context;
  private final Queue<Q> requests = new ArrayDeque<>();
  private final Queue<R> responses = new ArrayDeque<>();
  private boolean halfClosed;
  private boolean handlerReturned;
  private Optional<Throwable> thrown = Optional.empty();

  ScriptedCall(CallFacts<Q, R> facts) {
    this.facts = facts;
    this.context = new ScriptedContext(facts);
  }

  // The view of the handler and the interceptors

  @Override
  public MethodDescriptor<Q, R> method() {
    return facts.method();
  }

  @Override
  public ScriptedContext context() {
    return context;
  }

  @Override
  public Optional<Q> receive() {
    synchronized (context) {
      while (true) {
        context.requireRunning();
        var next = requests.poll();
        if (next != null || halfClosed) {
          return Optional.ofNullable(next);
        }
        try {
          context.wait();
        } catch (InterruptedException e) {
          throw context.interrupted(e);
        }
      }
    }
  }

  @Override
  public void send(R response) {
    if (response == null) { // a defect of the handler that the compiler does not find
      throw Status.internal(
              "the handler of %s answered null; see the server's log".formatted(method().path()))
          .asException();
    }
    synchronized (context) {
      context.requireRunning();
      context.headersLeave();
      responses.add(response);
      context.notifyAll();
    }
  }

  // The test's side, as the client

  void request(Q request) {
    synchronized (context) {
      requests.add(request);
      context.notifyAll();
    }
  }

  void halfClose() {
    synchronized (context) {
      halfClosed = true;
      context.notifyAll();
    }
  }

  void cancel(Status reason) {
    context.cancel(reason);
  }

  Metadata awaitHeaders() throws InterruptedException {
    synchronized (context) {
      while (!context.headersHaveLeft() && !handlerReturned) {
        context.wait();
      }
      return context.sentHeaders();
    }
  }

  Optional<R> awaitResponse() throws InterruptedException {
    synchronized (context) {
      while (responses.isEmpty() && !handlerReturned) {
        context.wait();
      }
      return Optional.ofNullable(responses.poll());
    }
  }

  Status awaitEnd() throws InterruptedException {
    synchronized (context) {
      while (!handlerReturned) {
        context.wait();
      }
      return context.status();
    }
  }

  List<R> takeResponses() {
    synchronized (context) {
      var taken = new ArrayList<>(responses);
      responses.clear();
      return taken;
    }
  }

  Optional<Throwable> thrown() {
    synchronized (context) {
      return thrown;
    }
  }

  // The handler's thread

  void start(
      List<ServerCallGate> gates,
      List<ServerInterceptor> interceptors,
      MethodHandler<Q, R> handler) {
    for (var gate : gates) {
      if (gate.decide(facts) instanceof ServerCallGate.Refuse refusal) {
        context.end(refusal.status(), refusal.trailers());
        returned();
        return;
      }
    }
    context.runBy(
        Thread.ofVirtual()
            .name("handler of " + method().fullName())
            .unstarted(() -> run(interceptors, handler)));
  }

  private void run(List<ServerInterceptor> interceptors, MethodHandler<Q, R> handler) {
    try {
      ServerChain.run(interceptors, handler, this);
      context.end(Status.OK, Metadata.EMPTY);
    } catch (StatusException e) {
      context.end(
          e.status().isOk()
              ? Status.unknown("a StatusException with OK was thrown (expected: another code)")
              : e.status(),
          e.trailers());
    } catch (Throwable e) { // any exception of a handler ends its call
      synchronized (context) {
        thrown = Optional.of(e);
      }
      context.end(
          Status.unknown("the handler of " + method().path() + " failed; see the server's log"),
          Metadata.EMPTY);
    } finally {
      returned();
    }
  }

  private void returned() {
    synchronized (context) {
      handlerReturned = true;
      context.notifyAll();
    }
  }
}
