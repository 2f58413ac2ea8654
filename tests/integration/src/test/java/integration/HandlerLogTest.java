package integration;

import static integration.Echo.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server logs of its handlers. */
@Timeout(20)
class HandlerLogTest {
  private final CapturedLog log = new CapturedLog("grpc.server.handler", Level.DEBUG);

  @AfterEach
  void close() {
    log.close();
  }

  private static Status fails(Link link, MethodDescriptor<byte[], byte[]> method) {
    try (link) {
      return assertThrows(
              StatusException.class,
              () -> link.channel().unary(method, bytes("x"), CallOptions.DEFAULT))
          .status();
    }
  }

  @Test
  void defectOfAHandlerIsAnError() {
    fails(Link.open(), Echo.THROW);
    assertEquals(List.of("ERROR /test.Echo/Throw: the handler threw"), log.lines());
    assertEquals("secret", log.thrown());
  }

  @Test
  void statusOfAHandlerIsAnAnswer() {
    fails(Link.open(), Echo.FAIL);
    assertEquals(1, log.lines().size(), log.lines()::toString);
    String line = log.lines().getFirst();
    assertTrue(line.startsWith("DEBUG /test.Echo/Fail: NOT_FOUND"), line);
  }

  @Test
  @SuppressWarnings("NullAway") // as code without its checks does
  void nullInPlaceOfAResponseIsInternalAndAnError() {
    var service = ServiceDefinition.builder("test.Echo").unary(Echo.UNARY, request -> null).build();
    assertEquals(
        Status.internal("the handler of /test.Echo/Unary answered null; see the server's log"),
        fails(Link.serving(service), Echo.UNARY));
    String first = log.lines().getFirst();
    assertEquals("ERROR /test.Echo/Unary: the handler answered null (expected: a message)", first);
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullInPlaceOfAMessageIsInternalAndAnError() {
    var service =
        ServiceDefinition.builder("test.Echo")
            .serverStreaming(
                Echo.SPLIT,
                (request, responses) -> {
                  responses.send(request);
                  responses.send(null);
                })
            .build();
    try (var link = Link.serving(service);
        var responses =
            link.channel().serverStreaming(Echo.SPLIT, bytes("x"), CallOptions.DEFAULT)) {
      assertTrue(responses.receive().isPresent());
      assertEquals(
          Status.internal("the handler of /test.Echo/Split answered null; see the server's log"),
          assertThrows(StatusException.class, responses::receive).status());
    }
    String first = log.lines().getFirst();
    assertEquals("ERROR /test.Echo/Split: the handler answered null (expected: a message)", first);
  }
}
