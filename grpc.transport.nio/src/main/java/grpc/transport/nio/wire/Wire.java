package grpc.transport.nio.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection. Its loop reads, and the holder of the outbox's writer role writes;
 * neither ever blocks. {@link TcpWire} is the plain one; an encrypting one has the same shape.
 */
public interface Wire {
  /** The events of a wire, on its loop. */
  interface Events {
    /** The wire can be read and written. */
    void connected();

    /**
     * Bytes have come.
     *
     * @param in all bytes not consumed so far; the rest comes again with more bytes
     */
    void received(ByteBuffer in);

    /** A read pass has ended; it follows every {@link #received}. */
    void readPassEnded();

    /** It can be written again, after {@link Wire#awaitWritable}. */
    void writable();

    /** The peer has ended its bytes. */
    void endOfInput();

    /** The wire failed, or never connected. If this throws, it is called again. */
    void failed(IOException cause);

    /**
     * Goes on with the work that {@link Wire#again} asked for. If this throws, it is called again.
     */
    void unfinished();
  }

  /** {@return its loop} */
  Loop loop();

  /** {@return the peer's address} */
  SocketAddress remoteAddress();

  /** {@return this side's address} */
  SocketAddress localAddress();

  /** Writes as many bytes as the socket takes. */
  int write(ByteBuffer out) throws IOException;

  /** Asks the loop to call {@link Events#writable} once the socket takes more. Any thread. */
  void awaitWritable();

  /** Ends the wait that {@link #awaitWritable} began. Loop only. */
  void writableSeen();

  /**
   * Asks the loop to call {@link Events#unfinished} until it does not throw, because memory ran out
   * for necessary work. Any thread; takes no memory.
   */
  void again();

  /** Stops or resumes reading. Loop only. */
  void reading(boolean on);

  /** Ends this side's bytes; the peer's may go on. */
  void shutdownOutput() throws IOException;

  /** Closes it and calls {@link Events#failed}. Loop only. */
  void fail(Throwable cause);

  /** Closes it at once. Any thread; has no effect the second time. */
  void close();
}
