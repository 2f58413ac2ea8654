package grpc.transport.nio.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection. Reading belongs to its loop, writing to whoever has the outbox's
 * writer role; neither ever blocks. {@link TcpWire} is the plain one; one that encrypts has the
 * same shape.
 */
public interface Wire {
  /** What a wire tells, on its loop. */
  interface Events {
    /** The wire can be read and written. */
    void connected();

    /**
     * Bytes have come.
     *
     * @param in all bytes not consumed so far; what is left in it comes again with more
     */
    void received(ByteBuffer in);

    /** A read pass has ended; every {@link #received} is followed by this. */
    void readPassEnded();

    /** It can be written again, after {@link Wire#awaitWritable}. */
    void writable();

    /** The peer has ended its bytes. */
    void endOfInput();

    /** The wire failed, or never came to be. If it throws, it is told again. */
    void failed(IOException cause);

    /** Goes on with what {@link Wire#again} was called for; if it throws, it is told again. */
    void unfinished();
  }

  /** {@return the loop that it lives on} */
  Loop loop();

  /** {@return the peer's address} */
  SocketAddress remoteAddress();

  /** {@return this side's address} */
  SocketAddress localAddress();

  /** Writes what the socket takes. */
  int write(ByteBuffer out) throws IOException;

  /** Has the loop call {@link Events#writable} once the socket takes more. Any thread. */
  void awaitWritable();

  /** Ends what {@link #awaitWritable} began. Loop only. */
  void writableSeen();

  /**
   * Has the loop call {@link Events#unfinished} until it throws nothing: something that must be
   * done could not be, since memory ran out. Any thread; takes no memory.
   */
  void again();

  /** Stops or goes on reading. Loop only. */
  void reading(boolean on);

  /** Ends this side's bytes; the peer's may go on. */
  void shutdownOutput() throws IOException;

  /** Closes it and tells {@link Events#failed}. Loop only. */
  void fail(Throwable cause);

  /** Closes it at once. Any thread; does nothing the second time. */
  void close();
}
