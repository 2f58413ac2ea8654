package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.transport.nio.frame.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Producers that would send a gigabyte, and readers that take 64 KiB at a time: neither side ever
 * holds more than a window and the write quota.
 */
class SlowReaderTest extends ServerWire {
  private static final long GIGABYTE = 1 << 30;
  private static final int GRANT = 65_535; // what a connection begins with, too
  private static final int WRITE_QUOTA = 64 * 1024;
  private static final int MESSAGE = 10_000;
  private static final int ON_WIRE = MESSAGE + 5;
  private static final int GRANTS = 200;

  /** Reads a grant's DATA again and again and looks each time how much the producer got rid of. */
  private static void readSlowly(MockPeer peer, AtomicLong produced) throws IOException {
    long read = 0;
    for (int i = 1; i <= GRANTS; i++) {
      while (read < (long) i * GRANT) {
        read += dataSize(peer.expectSoon("DATA 1 "));
      }
      peer.expectQuiet(); // the window is used up
      long held = produced.get() - read;
      assertTrue(held <= WRITE_QUOTA + ON_WIRE, held + " bytes are held after grant " + i);
      peer.windowUpdate(0, GRANT).windowUpdate(1, GRANT).play();
    }
  }

  private static int dataSize(String line) {
    return Integer.parseInt(line.split(" ")[2]);
  }

  @Test
  void aServersProducerWaitsForItsClient() throws Exception {
    var produced = new AtomicLong();
    echo.on(
        "/t.Echo/Produce",
        Dispatch.AT_HEADERS,
        stream -> {
          stream.sendHeaders(EchoServer.headers(Metadata.EMPTY));
          while (produced.get() < GIGABYTE && stream.send(TestClient.message(new byte[MESSAGE]))) {
            produced.addAndGet(ON_WIRE);
          }
        });
    try (var peer = client(Settings.INITIAL_WINDOW_SIZE, GRANT)) {
      peer.request(1, true, "/t.Echo/Produce").play();
      peer.expectSoon("HEADERS 1 :status=200");
      readSlowly(peer, produced);
    }
  }

  @Test
  void aClientsProducerWaitsForItsServer() throws Exception {
    var produced = new AtomicLong();
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = TestClient.connecting(time.provider, listener.getLocalSocketAddress());
        var peer = MockPeer.server(listener, Settings.INITIAL_WINDOW_SIZE, GRANT)) {
      client.awaitReady();
      var call = client.start("/t.Echo/Collect");
      var producer =
          Thread.startVirtualThread(() -> {
            try {
              while (produced.get() < GIGABYTE
                  && call.send(TestClient.message(new byte[MESSAGE]))) {
                produced.addAndGet(ON_WIRE);
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      peer.expectSoon("HEADERS 1 :method=POST");
      readSlowly(peer, produced);
      call.cancel(Status.cancelled("enough"));
      producer.join();
    }
  }

  @Test
  void aReaderThatIsSlowGrantsNoMoreThanItTakes() throws Exception {
    Semaphore mayTake = echo.onTake();
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Take").play();
      long mayHold = OUR_WINDOW;
      for (; mayHold >= ON_WIRE; mayHold -= ON_WIRE) {
        peer.message(1, false, MESSAGE);
      }
      peer.play().expectQuiet();
      int granted = 0;
      for (int taken = 1; granted == 0; taken++) {
        mayTake.release();
        peer.ping(0x51, false).play();
        for (String line = peer.next(); !line.startsWith("PING ACK"); line = peer.next()) {
          if (line.startsWith("WINDOW_UPDATE 1 ")) {
            granted += dataSize(line);
          }
        }
        assertTrue(granted <= taken * ON_WIRE, granted + " bytes for " + taken + " messages");
      }
      assertEquals(0, granted % ON_WIRE);
    }
  }
}
