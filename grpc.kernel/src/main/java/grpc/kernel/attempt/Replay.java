package grpc.kernel.attempt;

import grpc.kernel.retry.RetryBuffer;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import java.util.concurrent.locks.ReentrantLock;

/** An attempt of a call that may have others, and how much of the call's requests it has sent. */
final class Replay {
  private final CallAttempt attempt;
  private final ClientStream stream;
  private final RetryBuffer buffer;
  private final ReentrantLock sending = new ReentrantLock();
  private volatile int sent; // written under the lock
  private boolean halfClosed; // under the lock
  private volatile boolean chosen;

  /**
   * An attempt that has started.
   *
   * @param whole whether all requests left with its headers
   */
  Replay(CallAttempt attempt, ClientStream stream, RetryBuffer buffer, boolean whole) {
    this.attempt = attempt;
    this.stream = stream;
    this.buffer = buffer;
    this.sent = whole ? 1 : 0;
    this.halfClosed = whole;
  }

  CallAttempt attempt() {
    return attempt;
  }

  ClientStream stream() {
    return stream;
  }

  /** How many messages of the buffer it has sent. */
  int sent() {
    return sent;
  }

  /**
   * Sends what the buffer holds and this attempt has not sent.
   *
   * @return false when the attempt has ended
   */
  boolean catchUp() throws InterruptedException {
    sending.lockInterruptibly();
    try {
      return pump();
    } finally {
      sending.unlock();
    }
  }

  /** Sends a message past the buffer, behind all that is in there. */
  boolean pass(Message message) throws InterruptedException {
    sending.lockInterruptibly();
    try {
      return pump() && stream.send(message);
    } finally {
      sending.unlock();
    }
  }

  private boolean pump() throws InterruptedException {
    int index = sent;
    for (var next = buffer.at(index); next != null; next = buffer.at(index)) {
      if (!stream.send(next)) {
        return false;
      }
      sent = ++index;
    }
    if (buffer.endsAt(sent)) {
      end();
    }
    if (chosen) {
      buffer.forget(sent); // another may have been added since
    }
    return true;
  }

  /** Sends the end of the requests, as soon as all of them are sent. Does not wait for that. */
  void finish() {
    if (sending.tryLock()) {
      try {
        if (buffer.endsAt(sent)) {
          end();
          return;
        }
      } finally {
        sending.unlock();
      }
    }
    catchUpAside();
  }

  private void end() {
    if (!halfClosed) {
      halfClosed = true;
      stream.halfClose();
    }
  }

  /** Has a thread of its own catch up, so that this one need not wait. */
  void catchUpAside() {
    Thread.ofVirtual()
        .name("grpc-replay")
        .inheritInheritableThreadLocals(false)
        .start(() -> {
          try {
            catchUp();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody has this thread to interrupt it
          }
        });
  }

  /** The call goes on with this attempt alone: what has been sent need not be kept. */
  void choose() {
    chosen = true;
    buffer.release();
    if (sending.tryLock()) { // else whoever sends forgets what it has sent
      try {
        buffer.forget(sent);
      } finally {
        sending.unlock();
      }
    }
  }
}
