package integration;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Arrays;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What one logger logs. */
final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  /** From this level on. */
  CapturedLog(String name, Level level) {
    logger = (Logger) LoggerFactory.getLogger(name);
    logged.start();
    logger.setLevel(level);
    logger.setAdditive(false);
    logger.addAppender(logged);
  }

  List<String> lines() {
    synchronized (logged) { // as it does when it appends
      return logged.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
    }
  }

  /** The message of the first exception that was logged. */
  String thrown() {
    return logged.list.getFirst().getThrowableProxy().getMessage();
  }

  /** The classes and methods in the trace that was logged last; none where there was no trace. */
  List<String> trace() {
    return traceOf("");
  }

  /** Those in the trace of the last line that has this text. */
  List<String> traceOf(String text) {
    synchronized (logged) {
      var thrown =
          logged.list.reversed().stream()
              .filter(line -> line.getFormattedMessage().contains(text))
              .findFirst()
              .orElseThrow()
              .getThrowableProxy();
      if (thrown == null) {
        return List.of();
      }
      return Arrays.stream(thrown.getStackTraceElementProxyArray())
          .map(e ->
              e.getStackTraceElement().getClassName()
                  + "."
                  + e.getStackTraceElement().getMethodName())
          .toList();
    }
  }

  @Override
  public void close() {
    logger.detachAppender(logged);
    logger.setLevel(null);
    logger.setAdditive(true);
  }
}
