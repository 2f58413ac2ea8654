package grpc.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndActionsTest {
  private final List<String> ran = new ArrayList<>();
  private final EndActions actions = new EndActions("/test.Echo/Chat");

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
}
