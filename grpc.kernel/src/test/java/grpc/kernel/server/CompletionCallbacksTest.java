package grpc.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionCallbacksTest {
  private final List<String> ran = new ArrayList<>();
  private static final ClassLoader LOADER = new ClassLoader() {};

  private final CompletionCallbacks actions = new CompletionCallbacks("/test.Echo/Chat", LOADER);

  private void fail(String name) {
    ran.add(name);
    throw new IllegalStateException(name);
  }

  @Test
  void actionThatThrowsStopsNoOther() {
    actions.onCancel(() -> fail("first"));
    actions.onCancel(() -> ran.add("second"));
    actions.cancelled();
    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void actionThatRunsAtOnceMayThrow() {
    actions.cancelled();
    actions.onCancel(() -> fail("late"));
    actions.onEnd(() -> ran.add("later"));
    assertEquals(List.of("late", "later"), ran);
  }

  @Test
  void actionThatIsWithdrawnDoesNotRun() {
    var registration = actions.onCancel(() -> ran.add("withdrawn"));
    actions.onCancel(() -> ran.add("kept"));
    registration.close();
    actions.cancelled();
    assertEquals(List.of("kept"), ran);
  }

  @Test
  void answerRunsWhatWaitsForAnyEndAndCancellationIsNoNewsThen() {
    actions.onCancel(() -> ran.add("cancelled"));
    actions.onEnd(() -> ran.add("ended"));
    actions.answered();
    actions.cancelled();
    actions.onEnd(() -> ran.add("late"));
    actions.onCancel(() -> ran.add("never"));
    assertEquals(List.of("ended", "late"), ran);
  }

  @Test
  void actionsHaveTheHandlersClassLoaderWhicheverThreadEndsTheCall() {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    var seen = new ArrayList<ClassLoader>();
    actions.onCancel(() -> seen.add(thread.getContextClassLoader()));
    actions.onEnd(() -> {
      seen.add(thread.getContextClassLoader());
      throw new IllegalStateException("a bug");
    });
    actions.cancelled();
    actions.onCancel(() -> seen.add(thread.getContextClassLoader()));
    assertEquals(List.of(LOADER, LOADER, LOADER), seen);
    assertEquals(before, thread.getContextClassLoader());
  }
}
