package grpc.transport.nio.connection;

import grpc.transport.nio.stream.ServerCallStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts the handlers of one connection's requests, and counts those that run. On the loop. */
final class Handlers {
  /**
   * Handlers may outlive their streams (rapid reset, CVE-2023-44487), but not more than so many.
   */
  private static final int HANDLERS_PER_STREAM = 2;

  private final long most;
  private final List<ServerCallStream> toStart = new ArrayList<>();
  private final AtomicInteger running = new AtomicInteger();

  Handlers(int maxConcurrentStreams) {
    this.most = (long) HANDLERS_PER_STREAM * maxConcurrentStreams;
  }

  /** {@return whether no more requests are to be taken} */
  boolean tooMany() {
    return running.get() >= most;
  }

  /** {@return whether others run beside one} Any thread. */
  boolean several() {
    return running.get() > 1;
  }

  /** Has the stream's handler started when the read pass ends, if that is due. */
  void due(ServerCallStream stream) {
    if (stream.startsNow()) {
      running.incrementAndGet();
      toStart.add(stream);
    }
  }

  /** Starts what is due. */
  void start() {
    int last = -1; // of those that have a thread
    for (int i = 0; i < toStart.size(); i++) {
      if (toStart.get(i).isInline()) {
        toStart.get(i).run();
      } else {
        toStart.set(++last, toStart.get(i));
      }
    }
    if (last == 0) {
      Thread.startVirtualThread(toStart.getFirst());
    } else if (last > 0) {
      startAll(toStart.subList(0, last + 1).toArray(ServerCallStream[]::new));
    }
    toStart.clear();
  }

  /**
   * Starts the threads of several from that of the last: from there they go to the carrier's own
   * queue, from the loop to one that all carriers contend for.
   */
  private static void startAll(ServerCallStream[] streams) {
    int last = streams.length - 1;
    Thread.startVirtualThread(() -> {
      for (int i = 0; i < last; i++) {
        Thread.startVirtualThread(streams[i]);
      }
      streams[last].run();
    });
  }

  /** A handler has ended. Any thread. */
  void ended() {
    running.decrementAndGet();
  }
}
