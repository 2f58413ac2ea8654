package grpc.testing;

import grpc.api.Attributes;
import grpc.api.CallContext;
import grpc.api.Deadline;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The context and the state of a call with the test as its client. Its monitor guards it; actions
 * run without the monitor.
 */
final class ScriptedContext implements CallContext {
  private enum End {
    NOT_YET,
    ANSWERED,
    CANCELLED
  }

  /** Compared by identity, so that a task may be registered twice. */
  private static final class Action {
    private final Runnable task;
    private final boolean onCancelOnly;

    Action(Runnable task, boolean onCancelOnly) {
      this.task = task;
      this.onCancelOnly = onCancelOnly;
    }
  }

  private final CallFacts<?, ?> facts;
  private final List<Action> registered = new ArrayList<>();
  private Optional<Thread> handler = Optional.empty();
  private Optional<String> compressor = Optional.empty();
  private boolean headersLeft;
  private Metadata headers = Metadata.EMPTY;
  private Metadata trailers = Metadata.EMPTY;
  private End end = End.NOT_YET;
  private Status status = Status.OK;

  ScriptedContext(CallFacts<?, ?> facts) {
    this.facts = facts;
  }

  // The view of the handler and the interceptors

  @Override
  public MethodDescriptor<?, ?> method() {
    return facts.method();
  }

  @Override
  public String authority() {
    return facts.authority();
  }

  @Override
  public String contentSubtype() {
    return "";
  }

  @Override
  public Metadata metadata() {
    return facts.metadata();
  }

  @Override
  public Optional<Deadline> deadline() {
    return facts.deadline();
  }

  @Override
  public Peer peer() {
    return facts.peer();
  }

  @Override
  public Attributes attributes() {
    return Attributes.EMPTY;
  }

  @Override
  public boolean messageCompressed() {
    return false;
  }

  @Override
  public synchronized boolean isCancelled() {
    return end == End.CANCELLED;
  }

  @Override
  public Registration onCancel(Runnable action) {
    return register(new Action(action, true));
  }

  @Override
  public Registration onEnd(Runnable action) {
    return register(new Action(action, false));
  }

  private Registration register(Action action) {
    synchronized (this) {
      if (end == End.NOT_YET) {
        registered.add(action);
        return () -> withdraw(action);
      }
      if (!isDue(action)) {
        return () -> {};
      }
    }
    action.task.run();
    return () -> {};
  }

  private synchronized void withdraw(Action action) {
    registered.remove(action);
  }

  private boolean isDue(Action action) {
    return end == End.CANCELLED || !action.onCancelOnly;
  }

  @Override
  public synchronized void responseHeaders(Metadata metadata) {
    requireHeadersHere();
    headers = Objects.requireNonNull(metadata, "headers (for none: Metadata.EMPTY)");
  }

  @Override
  public synchronized void sendHeaders() {
    requireHeadersHere();
    headersLeave();
  }

  @Override
  public synchronized void responseTrailers(Metadata metadata) {
    trailers = Objects.requireNonNull(metadata, "trailers (for none: Metadata.EMPTY)");
  }

  @Override
  public synchronized void compressor(String encoding) {
    requireHeadersHere();
    compressor = Optional.of(encoding);
  }

  @Override
  public void compressMessages(boolean compress) {}

  private void requireHeadersHere() {
    if (headersLeft) {
      throw new IllegalStateException(
          "the response headers have been sent already (expected: before the first message)");
    }
  }

  // The call's side

  /** Starts the handler's thread, which a cancellation interrupts. */
  synchronized void runBy(Thread thread) {
    handler = Optional.of(thread);
    thread.start();
  }

  /** Throws the call's status if it has ended. */
  synchronized void requireRunning() {
    switch (end) {
      case NOT_YET -> {}
      case ANSWERED -> throw Status.cancelled("the call has ended").asException();
      case CANCELLED -> throw status.asException();
    }
  }

  /** The exception of an interrupted wait. */
  synchronized StatusException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    var reason = isCancelled() ? status : Status.cancelled("the handler's thread was interrupted");
    return new StatusException(reason, Metadata.EMPTY, e);
  }

  /** Sends the headers, unless they have left. */
  synchronized void headersLeave() {
    headersLeft = true;
    notifyAll();
  }

  synchronized boolean headersHaveLeft() {
    return headersLeft;
  }

  /** {@return the headers that have left; empty for a call that fails at once} */
  synchronized Metadata sentHeaders() {
    return headersLeft ? headers : Metadata.EMPTY;
  }

  synchronized Metadata sentTrailers() {
    return end == End.ANSWERED ? trailers : Metadata.EMPTY;
  }

  synchronized Optional<String> chosenCompressor() {
    return compressor;
  }

  synchronized Status status() {
    return status;
  }

  /** Ends the call with its handler's status, unless it was cancelled. */
  void end(Status answer, Metadata last) {
    synchronized (this) {
      if (end != End.NOT_YET) {
        return;
      }
      if (answer.isOk()) {
        headersLeave();
      }
      trailers = trailers.merged(last);
      decide(End.ANSWERED, answer);
    }
    runActions();
  }

  /** Ends the call without its handler, and interrupts the handler's thread. */
  void cancel(Status reason) {
    synchronized (this) {
      if (end != End.NOT_YET) {
        return;
      }
      decide(End.CANCELLED, reason);
      handler.ifPresent(Thread::interrupt);
    }
    runActions();
  }

  private void decide(End how, Status why) {
    end = how;
    status = why;
    notifyAll();
  }

  private void runActions() {
    List<Action> due;
    synchronized (this) {
      due = registered.stream().filter(this::isDue).toList();
      registered.clear();
    }
    due.forEach(action -> action.task.run());
  }
}
