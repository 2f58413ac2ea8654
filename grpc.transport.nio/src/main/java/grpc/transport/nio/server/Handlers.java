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
  /**
   * Handlers may outlive their streams (rapid reset, CVE-2023-44487), but not more than so many.
   */
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

  /** {@return whether no more requests are to be taken} */
  boolean tooMany() {
    return running.get() >= most;
  }

  /** {@return whether others run beside one} Any thread. */
  boolean several() {
    return running.get() > 1;
  }

  /**
   * Has the stream's handler started when the read pass ends, if that is due. One that needs the
   * headers alone runs now: what comes of its request is then dropped, and not kept.
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

  /** Starts what is due, and runs it where it needs no thread. */
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
   * Starts the threads of all from that of the first, which runs before them: from there they go to
   * the carrier's own queue, from the loop to one that all carriers contend for.
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
