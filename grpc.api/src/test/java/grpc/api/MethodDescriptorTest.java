package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "/a.B/C, true",
    "/a/b/C, true",
    "/a/b, true",
    "'', false",
    "/, false",
    "//, false",
    "//C, false",
    "//a.B/C, false",
    "/a.B, false",
    "/a.B/, false",
    "a.B/C, false",
    "a/B/C, false",
    "*, false"
  })
  void pathHasAServiceAndAMethod(String path, boolean expected) {
    assertEquals(expected, MethodDescriptor.isPath(path));
  }

  @Test
  void nameThatCannotBeAPathIsRefused() {
    for (var name :
        new String[] {
          "a.B/Do\r\nx: y",
          "a.B/D\u00f6",
          "a.B/D o",
          " a.B/Do",
          "a.B/Do\u0000",
          "a.B/Do?x",
          "a.B/Do#x"
        }) {
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () -> MethodDescriptor.of(name, MethodType.UNARY, String.class, Long.class, "text"),
              name);
      assertTrue(e.getMessage().contains("expected: \"package.Service/Method\""), e.getMessage());
      assertTrue(e.getMessage().chars().allMatch(c -> c >= ' ' && c <= '~'), e.getMessage());
    }
  }

  @Test
  void codecThatCannotBeAContentSubtypeIsRefused() {
    for (var codec : new String[] {"te xt", "text\n", "t\u00e4xt"}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> MethodDescriptor.of("a.B/Do", MethodType.UNARY, String.class, Long.class, codec),
          codec);
    }
  }

  @Test
  void descriptorHasWhatTheSchemaSaysOfTheMethod() {
    var plain = MethodDescriptor.of("a.B/C", MethodType.UNARY, String.class, String.class, "text");
    assertEquals(IdempotencyLevel.UNKNOWN, plain.idempotencyLevel());
    var read = plain.withIdempotencyLevel(IdempotencyLevel.NO_SIDE_EFFECTS).withDeprecated(true);
    assertEquals(IdempotencyLevel.NO_SIDE_EFFECTS, read.idempotencyLevel());
    assertTrue(read.deprecated());
    assertNotEquals(plain, read);
    assertEquals(plain, read.withIdempotencyLevel(IdempotencyLevel.UNKNOWN).withDeprecated(false));
  }
}
