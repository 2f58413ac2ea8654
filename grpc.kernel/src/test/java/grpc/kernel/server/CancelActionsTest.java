package grpc.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelActionsTest {
  private final List<String> ran = new ArrayList<>();
  private final CancelActions actions = new CancelActions("/test.Echo/Chat");

  private void fail(String name) {
    ran.add(name);
    throw new IllegalStateException(name);
  }

  @Test
  void actionThatThrowsStopsNoOther() {
    actions.add(() -> fail("first"));
    actions.add(() -> ran.add("second"));
    actions.run();
    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void actionThatRunsAtOnceMayThrow() {
    actions.run();
    actions.add(() -> fail("late"));
    actions.add(() -> ran.add("later"));
    assertEquals(List.of("late", "later"), ran);
  }

  @Test
  void actionThatIsWithdrawnDoesNotRun() {
    var registration = actions.add(() -> ran.add("withdrawn"));
    actions.add(() -> ran.add("kept"));
    registration.close();
    actions.run();
    assertEquals(List.of("kept"), ran);
  }
}
