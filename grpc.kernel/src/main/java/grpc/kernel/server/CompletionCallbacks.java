package grpc.kernel.server;

import grpc.api.CallContext.Registration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs once a call has ended, or only where it was cancelled; its monitor guards it. Nothing
 * runs while it is held. What one throws is logged: the others run, and the call ends, all the
 * same.
 */
final class CompletionCallbacks {
  private static final Logger log = LoggerFactory.getLogger("grpc.server.handler");

  /** Equal to no other, so that one task may be added twice. */
  private static final class Action {
    private final Runnable task;
    private final boolean onCancelOnly;

    Action(Runnable task, boolean onCancelOnly) {
      this.task = task;
      this.onCancelOnly = onCancelOnly;
    }
  }

  private enum End {
    NOT_YET,
    ANSWERED,
    CANCELLED
  }

  private final String method;
  private final @Nullable ClassLoader loader;
  private @Nullable Set<Action> actions;
  private End end = End.NOT_YET;

  /**
   * The actions of a call of this method.
   *
   * @param loader their context class loader, whoever ends the call: that of the handler
   */
  CompletionCallbacks(String method, @Nullable ClassLoader loader) {
    this.method = method;
    this.loader = loader;
  }

  /** Adds a task for a cancellation; where the call is cancelled already it runs at once. */
  Registration onCancel(Runnable task) {
    return add(new Action(task, true));
  }

  /** Adds a task for any end; where the call has ended already it runs at once. */
  Registration onEnd(Runnable task) {
    return add(new Action(task, false));
  }

  private Registration add(Action action) {
    boolean due;
    synchronized (this) {
      if (end == End.NOT_YET) {
        if (actions == null) {
          actions = new LinkedHashSet<>();
        }
        actions.add(action);
        return () -> remove(action);
      }
      due = isDue(action);
    }
    if (due) {
      run(action);
    }
    return () -> {};
  }

  private synchronized void remove(Action action) {
    if (actions != null) {
      actions.remove(action);
    }
  }

  /** The call has been cancelled. */
  void cancelled() {
    end(End.CANCELLED);
  }

  /** The call has been answered, unless it was cancelled before. */
  void answered() {
    end(End.ANSWERED);
  }

  private void end(End how) {
    List<Action> left = List.of();
    synchronized (this) {
      if (end == End.NOT_YET) {
        end = how;
        if (actions != null) {
          left = actions.stream().filter(this::isDue).toList();
          actions = null;
        }
      }
    }
    left.forEach(this::run);
  }

  private boolean isDue(Action action) { // under the monitor
    return end == End.CANCELLED || !action.onCancelOnly;
  }

  private void run(Action action) {
    var before = HandlerLoader.enter(loader);
    try {
      action.task.run();
    } catch (Throwable thrown) { // another's code, on a thread that has more to do
      HandlerFailures.OF_PROCESS.tell(
          log, method, "an action that was registered for the call's end threw", thrown);
    } finally {
      HandlerLoader.leave(before, false);
    }
  }
}
