package grpc.transport.nio.connection;

import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.stream.Stream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures round trips by a PING of our own, for one stream at a time. It is sent when much DATA
 * was taken, so peers that count pings (gRFC A8) have just sent some and do not mind.
 */
final class RoundTrip {
  private static final long PROBE = 0x7465_6e6f_6e62_6470L;

  private final Connection connection;
  private final AtomicReference<@Nullable Stream> measured = new AtomicReference<>();

  RoundTrip(Connection connection) {
    this.connection = connection;
  }

  /** Measures one for this stream, unless another has its turn. Any thread. */
  void measure(Stream stream) {
    if (measured.compareAndSet(null, stream)) {
      stream.roundTripBegins(now());
      connection.put(new Command.Ping(PROBE, false));
    }
  }

  private long now() {
    return connection.loop().timers().now();
  }

  /** A PING of ours came back. Loop only. */
  void pong(long opaque) {
    Stream stream = opaque == PROBE ? measured.getAndSet(null) : null;
    if (stream != null) {
      connection.growWindow(stream.roundTripEnded(now()));
    }
  }
}
