package integration;

import static integration.Echo.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.StatusException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What a server logs of its handlers. */
@Timeout(20)
class HandlerLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("grpc.kernel.server.RunningCall");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(logged);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(logged);
    logger.setLevel(null);
  }

  private List<String> logOf(MethodDescriptor<byte[], byte[]> method) {
    try (var link = Link.open()) {
      assertThrows(
          StatusException.class,
          () -> link.channel().unary(method, bytes("x"), CallOptions.DEFAULT));
    }
    return logged.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }

  @Test
  void defectOfAHandlerIsAnError() {
    assertEquals(List.of("ERROR /test.Echo/Throw: the handler threw"), logOf(Echo.THROW));
    assertEquals("secret", logged.list.getFirst().getThrowableProxy().getMessage());
  }

  @Test
  void statusOfAHandlerIsAnAnswer() {
    var log = logOf(Echo.FAIL);
    assertEquals(1, log.size(), log::toString);
    assertTrue(log.getFirst().startsWith("DEBUG /test.Echo/Fail: NOT_FOUND"), log::toString);
  }
}
