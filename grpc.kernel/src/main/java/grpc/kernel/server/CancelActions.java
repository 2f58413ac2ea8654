package grpc.kernel.server;

import grpc.api.CallContext.Registration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What runs once a call is cancelled; its monitor guards it. Nothing runs while it is held. */
final class CancelActions {
  /** Equal to no other, so that one task may be added twice. */
  private static final class Action {
    private final Runnable task;

    Action(Runnable task) {
      this.task = task;
    }
  }

  private @Nullable Set<Action> actions;
  private boolean cancelled;

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
    task.run();
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
      action.task.run();
    }
  }
}
