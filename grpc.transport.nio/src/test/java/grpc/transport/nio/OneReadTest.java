package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests that come in one read. */
class OneReadTest extends ServerWire {
  @Test
  void handlersRunSideBySide() throws Exception {
    var met = new CountDownLatch(MAX_STREAMS);
    echo.on(
        "/t.Echo/Meet",
        Dispatch.AT_HEADERS,
        stream -> {
          met.countDown();
          if (met.await(10, TimeUnit.SECONDS)) { // none gets on without the others
            stream.receive();
            stream.close(Status.OK, Metadata.EMPTY);
          } else {
            stream.close(Status.unknown("the others never came"), Metadata.EMPTY);
          }
        });
    try (var peer = client()) {
      for (int i = 0; i < MAX_STREAMS; i++) {
        peer.request(2 * i + 1, true, "/t.Echo/Meet");
      }
      peer.play();
      for (int i = 0; i < MAX_STREAMS; i++) {
        String line = peer.next();
        while (!line.contains("grpc-status")) {
          line = peer.next();
        }
        assertTrue(line.endsWith("grpc-status=0"), line);
      }
    }
  }
}
