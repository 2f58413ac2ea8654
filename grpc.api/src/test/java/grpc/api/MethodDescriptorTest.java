package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class MethodDescriptorTest {
  @Test
  void aFullNameIsTakenApartAtItsLastSlash() {
    var method =
        MethodDescriptor.of("a.b.Service/Do", MethodType.UNARY, String.class, Long.class, "text");
    assertEquals("a.b.Service", method.serviceName());
    assertEquals("Do", method.methodName());
    assertEquals("/a.b.Service/Do", method.path());
    assertEquals("a.b.Service/Do", method.fullName());
  }

  @Test
  void aNameWithoutServiceOrMethodIsRefused() {
    for (var name : new String[] {"", "Service", "/Do", "Service/", "/Service/Do"}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> MethodDescriptor.of(name, MethodType.UNARY, String.class, Long.class, "text"),
          name);
    }
  }
}
