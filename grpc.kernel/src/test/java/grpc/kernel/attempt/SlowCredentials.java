package grpc.kernel.attempt;

import grpc.api.CallCredentials;
import grpc.api.Metadata;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Credentials that wait until the test or an interrupt ends that. */
final class SlowCredentials implements CallCredentials {
  /** What they do once they are interrupted. */
  enum Manner {
    /** As they should. */
    THROWS,
    /** As sockets and files do: the thread stays interrupted. */
    FAILS,
    /** As careless ones do. */
    ANSWERS
  }

  private final Manner manner;
  final BlockingQueue<Thread> asked = new LinkedBlockingQueue<>();
  final BlockingQueue<Thread> interrupted = new LinkedBlockingQueue<>();
  final CountDownLatch mayGo = new CountDownLatch(1);

  SlowCredentials(Manner manner) {
    this.manner = manner;
  }

  @Override
  public Metadata metadata(Attempt attempt) throws IOException, InterruptedException {
    var thread = Thread.currentThread();
    asked.add(thread);
    try {
      mayGo.await();
    } catch (InterruptedException e) {
      interrupted.add(thread);
      switch (manner) {
        case THROWS -> throw e;
        case FAILS -> {
          thread.interrupt();
          throw new IOException("closed by interrupt", e);
        }
        case ANSWERS -> thread.interrupt();
      }
    }
    return Metadata.EMPTY;
  }
}
