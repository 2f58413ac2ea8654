package integration;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What one logger logs, DEBUG included. */
final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  CapturedLog(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    logged.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(logged);
  }

  List<String> lines() {
    return logged.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }

  /** The message of the first exception that was logged. */
  String thrown() {
    return logged.list.getFirst().getThrowableProxy().getMessage();
  }

  @Override
  public void close() {
    logger.detachAppender(logged);
    logger.setLevel(null);
  }
}
