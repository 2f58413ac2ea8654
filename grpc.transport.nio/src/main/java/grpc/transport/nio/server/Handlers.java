package grpc.transport.nio.server;

import grpc.transport.nio.stream.ServerCallStream;
import grpc.transport.nio.wire.SeldomLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/** Starts the handlers of one connection's requests, and counts those that run. On the loop. */
final class Handlers {
  /** The most handlers, because they may outlive their streams (rapid reset, CVE-2023-44487). */
  private static final int HANDLERS_PER_STREAM = 2;

  private static final SlowInlineCalls SLOW =
      new SlowInlineCalls(new SeldomLog(LoggerFactory.getLogger("grpc.http2"), System::nanoTime));

  private final LongSupplier clock;
  private final long most;
  private final List<ServerCallStream> toStart = new ArrayList<>();
  private final List<ServerCallStream> toRun = new ArrayList<>(); // here, on the loop
  private final AtomicInteger running = new AtomicInteger();

  Handlers(LongSupplier clock, int maxConcurrentStreams) {
    this.clock = clock;
    this.most = (long) HANDLERS_PER_STREAM * maxConcurrentStreams;
  }

  /** {@return whether to refuse more requests} */
  boolean tooMany() {
    return running.get() >= most;
  }

  /** {@return whether more than one handler runs} Any thread. */
  boolean several() {
    return running.get() > 1;
  }

  /**
   * Starts the stream's handler when the read pass ends, if it is due. A handler that needs only
   * the headers runs now, so that the rest of its request is dropped and not kept.
   */
  void due(ServerCallStream stream) {
    if (stream.startsNow()) {
      running.incrementAndGet();
      switch (stream.dispatch()) {
        case AT_HEADERS, WHEN_WHOLE -> toStart.add(stream);
        case INLINE -> toRun.add(stream);
        case INLINE_AT_HEADERS -> stream.run();
      }
    }
  }

  /** Starts the handlers that are due; runs those that need no thread. */
  void start() {
    if (toStart.size() == 1) {
      start(toStart.getFirst());
    } else if (toStart.size() > 1) {
      startSeveral();
    }
    toStart.clear();
    if (!toRun.isEmpty()) {
      runInline();
    }
  }

  private void runInline() {
    long began = clock.getAsLong();
    for (int i = 0; i < toRun.size(); i++) {
      toRun.get(i).run();
    }
    SLOW.ran(toRun.size(), clock.getAsLong() - began, toRun.getLast().headers().path());
    toRun.clear();
  }

  private static void start(ServerCallStream stream) {
    try {
      stream.threads().newThread(stream).start();
    } catch (OutOfMemoryError e) {
      stream.abandon();
    }
  }

  /**
   * Starts the threads of all from the thread of the first handler, which runs before them. From a
   * virtual thread they go to the carrier's own queue; from the loop they would go to a queue that
   * all carriers contend for.
   */
  private void startSeveral() {
    try {
      var streams = toStart.toArray(ServerCallStream[]::new);
      Runnable startsOthers =
          () -> {
            for (int i = 1; i < streams.length; i++) {
              start(streams[i]);
            }
            streams[0].run();
          };
      streams[0].threads().newThread(startsOthers).start();
    } catch (OutOfMemoryError e) {
      for (int i = 0; i < toStart.size(); i++) {
        toStart.get(i).abandon();
      }
    }
  }

  /** A handler has ended. Any thread. */
  void ended() {
    running.decrementAndGet();
  }
}
