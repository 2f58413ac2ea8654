package grpc.transport.nio.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class SeldomLogTest {
  private final List<Object> lines = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  private final Logger logger =
      (Logger)
          Proxy.newProxyInstance(
              Logger.class.getClassLoader(),
              new Class<?>[] {Logger.class},
              (proxy, method, arguments) -> {
                lines.add(Arrays.asList(arguments).subList(1, arguments.length));
                return null;
              });

  @Test
  void oneLineAtOnceAndThenOneAMinuteWithTheNumberOfTheOthers() {
    var log = new SeldomLog(logger, nanos::get);
    for (int i = 0; i <= 1200; i++) {
      log.warn("trouble");
      nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    }
    assertEquals(
        List.of(List.of("trouble"), List.of("trouble", 599L), List.of("trouble", 599L)), lines);
  }
}
