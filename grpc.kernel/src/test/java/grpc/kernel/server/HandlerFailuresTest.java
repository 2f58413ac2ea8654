package grpc.kernel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class HandlerFailuresTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private HandlerFailures failures(boolean unlogged) {
    return new HandlerFailures(unlogged, () -> new PrintStream(shown, true, UTF_8));
  }

  @Test
  void theFirstOneIsShownWhereNothingIsLogged() {
    var failures = failures(true);
    var thrown = new IllegalStateException("a defect");
    failures.tell(NOPLogger.NOP_LOGGER, "/t.Echo/Unary", "the handler threw", thrown);
    String text = shown.toString(UTF_8);
    assertTrue(
        text.startsWith("/t.Echo/Unary: the handler threw; no slf4j binding is present"), text);
    assertTrue(text.contains("IllegalStateException: a defect"), text);
    assertTrue(text.contains("\tat "), text);
    failures.tell(NOPLogger.NOP_LOGGER, "/t.Echo/Unary", "the handler threw", thrown);
    assertEquals(text, shown.toString(UTF_8));
  }

  @Test
  void whereThereIsALogNothingElseIsSaid() {
    failures(false).tell(NOPLogger.NOP_LOGGER, "/t.Echo/Unary", "the handler threw", new Error());
    assertEquals("", shown.toString(UTF_8));
  }
}
