package grpc.spi.transport;

import java.net.SocketAddress;
import java.time.Duration;

/**
 * A listening server with its connections. A transport implements it, for use by any thread. An
 * accept that fails, for example because file descriptors have run out, does not end it: wait, and
 * accept again.
 */
public interface ServerTransport extends AutoCloseable {
  /** {@return the address that it listens on, with the port that the system chose} */
  SocketAddress localAddress();

  /**
   * Stops listening and ends every connection gracefully (GOAWAY); accepted requests are answered.
   * Returns at once.
   */
  void drain();

  /**
   * Waits until it is closed and its last connection is gone.
   *
   * @return false when that took longer than the timeout
   */
  boolean awaitClosed(Duration timeout) throws InterruptedException;

  /**
   * Stops listening, cancels all streams and closes all connections. Returns once they are gone.
   */
  @Override
  void close();
}
