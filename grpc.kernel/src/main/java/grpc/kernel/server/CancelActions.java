package grpc.kernel.server;

import grpc.api.CallContext.Registration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs once a call is cancelled; its monitor guards it. Nothing runs while it is held. What
 * one throws is logged: the others run, and the call ends, all the same.
 */
final class CancelActions {
  private static final Logger log = LoggerFactory.getLogger(CancelActions.class);

  /** Equal to no other, so that one task may be added twice. */
  private static final class Action {
    private final Runnable task;

    Action(Runnable task) {
      this.task = task;
    }
  }

  private final String method;
  private @Nullable Set<Action> actions;
  private boolean cancelled;

  /** The actions of a call of this method. */
  CancelActions(String method) {
    this.method = method;
  }

  /** Adds a task; where the call is cancelled already it runs at once. */
  Registration add(Runnable task) {
    var action = new Action(task);
    synchronized (this) {
      if (!cancelled) {
        if (actions == null) {
          actions = new LinkedHashSet<>();
        }
        actions.add(action);
        return () -> remove(action);
      }
    }
    run(task);
    return () -> {};
  }

  private synchronized void remove(Action action) {
    if (actions != null) {
      actions.remove(action);
    }
  }

  /** The call has been cancelled. */
  void run() {
    List<Action> due;
    synchronized (this) {
      cancelled = true;
      due = actions == null ? List.of() : List.copyOf(actions);
      actions = null;
    }
    for (var action : due) {
      run(action.task);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) { // another's code, on a thread that has more to do
      log.error("{}: an action that the cancelled call had registered threw", method, thrown);
    }
  }
}
