package grpc.transport.nio.connection;

import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.stream.Stream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures round trips by a PING of our own, for one stream at a time. A peer that counts pings
 * (gRFC A8) forgives a ping if it has sent DATA since the last one. So a PING is sent only after
 * DATA that came behind the answer to the last PING; DATA from before it does not count, even if a
 * reader takes it now.
 */
final class RoundTrip {
  private static final long PROBE = 0x7465_6e6f_6e62_6470L;

  private final Connection connection;
  private final AtomicReference<@Nullable Stream> measured = new AtomicReference<>();
  private volatile boolean dataCame;

  RoundTrip(Connection connection) {
    this.connection = connection;
  }

  /** DATA came. Loop only. */
  void dataCame() {
    if (!dataCame) {
      dataCame = true;
    }
  }

  /**
   * Measures a round trip for this stream, unless another stream's measurement runs or no DATA
   * came. Any thread.
   */
  void measure(Stream stream) {
    if (dataCame && measured.compareAndSet(null, stream)) {
      stream.roundTripBegins(now());
      connection.put(new Command.Ping(PROBE, false));
    }
  }

  private long now() {
    return connection.loop().timers().now();
  }

  /** The answer to a PING of ours, of any purpose, came. Loop only. */
  void pong(long opaque) {
    dataCame = false;
    Stream stream = opaque == PROBE ? measured.getAndSet(null) : null;
    if (stream != null) {
      connection.growWindow(stream.roundTripEnded(now()));
    }
  }
}
