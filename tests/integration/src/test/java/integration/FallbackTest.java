package integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.MethodDefinition;
import grpc.api.MethodDescriptor;
import grpc.api.MethodHandler;
import grpc.api.MethodType;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.api.UnknownMethodHandler;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods that no service of a server has. */
@Timeout(50)
class FallbackTest {
  private static MethodDescriptor<byte[], byte[]> method(String name, String codec) {
    return MethodDescriptor.of(name, MethodType.UNARY, byte[].class, byte[].class, codec);
  }

  private static MethodDefinition<?, ?> naming(String name, String codec) {
    MethodHandler.Unary<byte[], byte[]> handler =
        request -> (name + " as " + CallContext.CURRENT.get().contentSubtype()).getBytes(UTF_8);
    return MethodDefinition.of(method(name, codec), handler);
  }

  private static Link open(UnknownMethodHandler fallback) {
    return Link.open(server -> server.fallback(fallback), channel -> channel);
  }

  private static Status refusal(Link link, String name) {
    return assertThrows(
            StatusException.class,
            () -> link.channel().unary(method(name, "raw"), new byte[0], CallOptions.DEFAULT))
        .status();
  }

  @Test
  void fallbackAnswersWhatNoServiceHasWhateverTheContentSubtype() {
    try (var link = open(name -> Optional.of(naming(name, "raw")))) {
      var options = CallOptions.DEFAULT.withContentSubtype("other");
      assertArrayEquals(
          "any.Service/Any as other".getBytes(UTF_8),
          link.channel().unary(method("any.Service/Any", "raw"), new byte[0], options).message());
      assertArrayEquals(
          "echo:x".getBytes(UTF_8),
          link.channel().unary(Echo.UNARY, "x".getBytes(UTF_8), CallOptions.DEFAULT).message());
    }
  }

  @Test
  void whatTheFallbackDoesNotKnowIsUnimplemented() {
    try (var link = open(name -> Optional.empty())) {
      assertEquals(
          Status.unimplemented("unknown service any.Service"), refusal(link, "any.Service/Any"));
    }
  }

  @Test
  void fallbackThatThrowsIsInternalAndTellsTheLogAlone() {
    try (var log = new CapturedLog("grpc.server.handler", Level.DEBUG);
        var link =
            open(name -> {
              throw new ArithmeticException("secret");
            })) {
      assertEquals(
          Status.internal("the fallback failed for /any.Service/Any; see the server's log"),
          refusal(link, "any.Service/Any"));
      assertEquals(List.of("ERROR /any.Service/Any: the fallback threw"), log.lines());
      assertEquals("secret", log.thrown());
    }
  }

  @Test
  void fallbackThatThrowsAnErrorEndsNoOtherCallOfItsConnection() throws Exception {
    UnknownMethodHandler fallback =
        name -> {
          throw new NoClassDefFoundError("secret");
        };
    try (var link = Link.overTcp(server -> server.fallback(fallback))) {
      var other = link.channel().unaryAsync(Echo.WAIT, "x".getBytes(UTF_8), CallOptions.DEFAULT);
      link.echo().waiting.await();
      assertEquals(
          Status.internal("the fallback failed for /any.Service/Any; see the server's log"),
          refusal(link, "any.Service/Any"));
      link.echo().go.countDown();
      assertArrayEquals("x".getBytes(UTF_8), other.get());
    }
  }

  @Test
  void statusThatAFallbackThrowsIsTheAnswer() {
    var answer =
        new StatusException(Status.notFound("no such tenant"), Metadata.of(Echo.TEXT, "trailer"));
    try (var link =
        open(name -> {
          throw answer;
        })) {
      var e =
          assertThrows(
              StatusException.class,
              () ->
                  link.channel()
                      .unary(method("any.Service/Any", "raw"), new byte[0], CallOptions.DEFAULT));
      assertEquals(answer.status(), e.status());
      assertEquals(Optional.of("trailer"), e.trailers().find(Echo.TEXT));
    }
  }

  @Test
  void fallbackWithACodecThatIsMissingNamesIt() {
    try (var link = open(name -> Optional.of(naming(name, "absent")))) {
      assertEquals(
          Status.internal("no codec 'absent' for /any.Service/Any; see the server's log"),
          refusal(link, "any.Service/Any"));
    }
  }
}
