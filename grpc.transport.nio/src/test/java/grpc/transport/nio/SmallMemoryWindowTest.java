package grpc.transport.nio;

import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.InboundMemory;
import grpc.spi.transport.ServerTransportOptions;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** A window that outgrows what a connection may hold of messages would end calls of its own. */
class SmallMemoryWindowTest extends ServerWire {
  private static final int QUARTER = OUR_WINDOW / 4;
  private static final int MESSAGE = 16 * 1024;

  private final Semaphore mayTake = echo.onTake();

  @Override
  ServerTransportOptions options() {
    return ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
        .pingPolicy(ANY_PINGS)
        .memory(InboundMemory.ofBytes(256 << 20).withPerConnection((32 << 20) - 1))
        .build();
  }

  @Test
  void windowsDoNotGrowIfTwoOfTheLargestDoNotFit() throws Exception {
    try (var peer = client().request(1, false, "/t.Echo/Take").play()) {
      for (int sent = 0; sent < QUARTER; sent += MESSAGE) {
        peer.message(1, false, MESSAGE - 5);
      }
      peer.play();
      mayTake.release(QUARTER / MESSAGE);
      peer.expect("WINDOW_UPDATE 1 " + QUARTER);
      peer.expectQuiet(); // no PING that measures a round trip
    }
  }
}
