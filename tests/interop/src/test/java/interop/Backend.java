package interop;

import grpc.api.MetadataKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A server of {@code grpc.testing.TestService} that does what the payload of a unary call says:
 * echo, fail, hold, gather, metadata, gzip. An empty call waits until it is cancelled; a
 * full-duplex call echoes payloads, and ends with ABORTED at the one that says fail.
 */
abstract class Backend implements AutoCloseable {
  static final int MANY = 1000;
  static final String MESSAGE = "100 % ü";
  static final byte[] DETAILS = {8, 10, 18, 1, 'x'}; // google.rpc.Status: code 10, message "x"
  static final MetadataKey<String> TEXT = MetadataKey.text("x-text");
  static final MetadataKey<byte[]> BYTES = MetadataKey.binary("x-bytes-bin");

  /** Counted down by each call that says hold, once it has reached its handler. */
  final CountDownLatch held = new CountDownLatch(100);

  /** Lets those calls go on. */
  final CountDownLatch release = new CountDownLatch(1);

  final CountDownLatch waiting = new CountDownLatch(1);

  /** Says how each empty call ended. */
  final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  /** Says the grpc-encoding that requests came with. */
  final BlockingQueue<String> encodings = new LinkedBlockingQueue<>();

  final CountDownLatch gathered = new CountDownLatch(MANY);

  /** Where to call it. */
  abstract String target();

  /** Refuses new calls and lets running ones end; returns at once. */
  abstract void drain();

  /** Waits until no call runs and it listens no more. */
  abstract void awaitStopped() throws InterruptedException;

  @Override
  public abstract void close();
}
