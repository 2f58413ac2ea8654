package grpc.kernel.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

class SeldomLogTest {
  private final List<String> lines = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1; // just before it overflows, as "c" finds it
  private final SeldomLog log = new SeldomLog(logger(), Level.WARN, () -> now);

  private Logger logger() {
    return (Logger)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("atLevel")) {
                return builder(arguments[0].toString());
              }
              lines.add(method.getName() + " " + arguments[1]);
              return null;
            });
  }

  private LoggingEventBuilder builder(String level) {
    return (LoggingEventBuilder)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {LoggingEventBuilder.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("log")) {
                lines.add(level + " " + arguments[1] + arguments[2]);
              }
              return proxy;
            });
  }

  @Test
  void onceAMinuteWithTheNumberOfThoseBetween() {
    log.log("a", new Throwable());
    log.log("b", new Throwable());
    now += TimeUnit.SECONDS.toNanos(59);
    log.log("c", new Throwable());
    now += TimeUnit.SECONDS.toNanos(1);
    log.log("d", new Throwable());
    now += TimeUnit.HOURS.toNanos(1);
    log.log("e", new Throwable());
    assertEquals(
        List.of(
            "WARN a", "debug b", "debug c", "WARN d (2 more since the last such line)", "WARN e"),
        lines);
  }
}
