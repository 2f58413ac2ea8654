package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ServiceDefinitionTest {
  private static final MethodDescriptor<String, String> UNARY =
      method("a.B/Unary", MethodType.UNARY);
  private static final MethodDescriptor<String, String> CHAT =
      method("a.B/Chat", MethodType.BIDI_STREAMING);

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.of(name, type, String.class, String.class, "text");
  }

  @Test
  void onlyUnaryMethodsBecomeInline() {
    var service =
        ServiceDefinition.builder("a.B")
            .unary(UNARY, request -> request)
            .bidiStreaming(CHAT, (requests, responses) -> {})
            .build();
    var inline = service.inline();
    assertTrue(inline.methods().get(0).inline());
    assertFalse(inline.methods().get(1).inline());
    assertFalse(service.methods().get(0).inline());
    assertEquals(inline, inline.definition());
  }

  @Test
  void wrongMethodsAreRefused() {
    var builder = ServiceDefinition.builder("a.B").unary(UNARY, request -> request);
    assertThrows(IllegalArgumentException.class, () -> builder.unary(UNARY, request -> request));
    var other = method("a.C/Unary", MethodType.UNARY);
    assertThrows(IllegalArgumentException.class, () -> builder.unary(other, request -> request));
    assertThrows(IllegalArgumentException.class, () -> builder.unary(CHAT, request -> request));
    MethodHandler.BidiStreaming<String, String> handler = (requests, responses) -> {};
    var chat = MethodDefinition.of(CHAT, handler);
    assertThrows(IllegalArgumentException.class, () -> chat.withInline(true));
  }
}
