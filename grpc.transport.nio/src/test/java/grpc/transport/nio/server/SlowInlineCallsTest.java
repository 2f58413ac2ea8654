package grpc.transport.nio.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.transport.nio.wire.SeldomLog;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class SlowInlineCallsTest {
  private final List<Object> lines = new ArrayList<>();

  private final Logger logger =
      (Logger)
          Proxy.newProxyInstance(
              Logger.class.getClassLoader(),
              new Class<?>[] {Logger.class},
              (proxy, method, arguments) -> {
                lines.add(arguments[1]);
                return null;
              });

  @Test
  void thoseThatHoldUpAReadForLongAreToldOf() {
    var slow = new SlowInlineCalls(new SeldomLog(logger, () -> 0));
    slow.ran(1000, Duration.ofMillis(100).toNanos(), "/t.Echo/Fast");
    assertEquals(List.of(), lines);
    slow.ran(2, Duration.ofMillis(150).toNanos(), "/t.Echo/Slow");
    assertEquals(
        List.of(
            "inline calls held up all connections of their loop for 150 ms: 2, the last of"
                + " /t.Echo/Slow (expected: 100 ms at most; serve them without inline())"),
        lines);
  }
}
