package grpc.kernel.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PluginFailureTest {
  private static final StackTraceElement JDK = frame("java.base", "java.util.Objects");
  private static final StackTraceElement INNER =
      frame("com.acme.balancer", "com.acme.RandomPicker");

  private static final StackTraceElement KERNEL = frame("grpc.kernel", "grpc.kernel.Any");

  private static StackTraceElement frame(String module, String type) {
    return new StackTraceElement(null, module, null, type, "pick", "Any.java", 12);
  }

  private static String messageOf(StackTraceElement... trace) {
    var thrown = new ArithmeticException("no luck");
    thrown.setStackTrace(trace);
    return String.valueOf(PluginFailure.of("picker", "a plugin", thrown).getMessage());
  }

  @Test
  void namesTheModuleThatThrewThroughThePlugin() {
    assertEquals(
        "picker java.lang.String in java.base (jrt:/java.base) threw java.lang.ArithmeticException:"
            + " no luck at com.acme.balancer/com.acme.RandomPicker.pick(Any.java:12) (a bug of that"
            + " module: replace it)",
        messageOf(JDK, INNER, KERNEL));
  }

  @Test
  void whatThePluginItselfCallsWrongIsItsOwn() {
    assertEquals(
        "picker java.lang.String in java.base (jrt:/java.base) threw java.lang.ArithmeticException:"
            + " no luck (a bug of that module: replace it)",
        messageOf(JDK, KERNEL));
  }
}
