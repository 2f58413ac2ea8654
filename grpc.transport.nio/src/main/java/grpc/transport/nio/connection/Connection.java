package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.spi.failure.Reason;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.guard.AbuseGuard;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.outbound.OutboundStream;
import grpc.transport.nio.outbound.Outbox;
import grpc.transport.nio.outbound.PendingWindowUpdates;
import grpc.transport.nio.outbound.StreamTable;
import grpc.transport.nio.outbound.Writer;
import grpc.transport.nio.outbound.WriterEvents;
import grpc.transport.nio.stream.ReceiveBudget;
import grpc.transport.nio.stream.Stream;
import grpc.transport.nio.stream.StreamOwner;
import grpc.transport.nio.wire.Loop;
import grpc.transport.nio.wire.LoopTimers;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/2 connection from its first byte to its last. The loop reads, and owns all fields except
 * the outbox; any thread may call the methods of {@link StreamOwner}. The first cause of the end
 * wins, and every remaining stream gets it.
 */
public final class Connection implements StreamOwner, Wire.Events, WriterEvents {
  /** Our receive window for DATA on the whole connection, in bytes. */
  static final int CONNECTION_WINDOW = 4 << 20;

  private static final Logger log = LoggerFactory.getLogger("grpc.http2");

  private final Wire wire;
  private final ConnectionRole role;
  private final ReceiveBudget budget;
  private final StreamTable streams = new StreamTable();
  private final Writer writer;
  private final Outbox outbox;
  private final InboundFrames frames;
  private final AbuseGuard guard;
  private final Handshake handshake = new Handshake(this);
  private final ReadBackpressure backpressure = new ReadBackpressure(this);
  private final RoundTrip roundTrip = new RoundTrip(this);
  private final LingeringClose lingering = new LingeringClose(this);
  private final PendingWakeups readers = new PendingWakeups(this);
  private final @Nullable KeepalivePings keepalive;
  private boolean connected;
  private boolean insideReadPass;
  private long passBegan;

  /**
   * A connection that has not begun.
   *
   * @param role the client's or the server's
   * @param budget limits the bytes that are received and not yet read
   */
  public Connection(
      Wire wire, ConnectionRole role, ReceiveBudget budget, Optional<Keepalive> keepalive) {
    this.wire = wire;
    this.role = role;
    this.budget = budget;
    this.keepalive = keepalive.map(k -> new KeepalivePings(this, k, role::hasCalls)).orElse(null);
    var updates = new PendingWindowUpdates();
    this.writer = new Writer(wire, Settings.DEFAULT, streams, updates, role, this);
    this.outbox = writer.outbox();
    this.guard = new AbuseGuard(role.dataCost());
    this.frames = new InboundFrames(this, role, updates, guard);
  }

  /** {@return the open streams} Any thread. */
  public StreamTable streams() {
    return streams;
  }

  /** {@return the highest id of a stream that was opened here, or 0} Any thread. */
  public int lastOpenedId() {
    return writer.lastOpenedId();
  }

  public Wire wire() {
    return wire;
  }

  public Loop loop() {
    return wire.loop();
  }

  public AbuseGuard guard() {
    return guard;
  }

  /** Fails a stream that was opened while the connection closed. */
  public void failIfClosed(Stream stream) {
    Status cause = outbox.closedBy(); // it is in the table: a later close finds it
    if (cause != null) {
      stream.fail(cause, Progress.PROCESSED);
    }
  }

  public int lastPeerStreamId() {
    return role.lastPeerStreamId();
  }

  /**
   * {@return the arrival time of the bytes being read, nanoseconds of the loop's clock} Loop only.
   */
  public long passBegan() {
    return passBegan;
  }

  /** {@return whether HEADERS or DATA were sent since the last call of this method} Loop only. */
  public boolean takeAnswered() {
    return writer.takeAnswered();
  }

  public boolean opensWaiting() {
    return writer.opensWaiting();
  }

  RoundTrip roundTrip() {
    return roundTrip;
  }

  public LingeringClose lingering() {
    return lingering;
  }

  /** Makes the connection's window as large as a stream's, if it is smaller. Loop only. */
  void growWindow(int bytes) {
    frames.growWindow(bytes);
  }

  /**
   * Sends the preface and SETTINGS, and starts the time for the peer's. Time already passed counts.
   * Loop only.
   */
  public void begin(boolean preface, Duration handshakeTimeout, long passedNanos) {
    put(new Command.Preface(preface, role.settings(), CONNECTION_WINDOW));
    handshake.begin(handshakeTimeout, passedNanos);
    outbox.resume();
  }

  /** The peer's first SETTINGS came. Loop only. */
  void handshakeDone() {
    handshake.end();
    if (keepalive != null) {
      keepalive.begin();
    }
    role.handshakeDone();
  }

  /** A call of this side has begun and is already counted. Any thread. */
  public void callBegins() {
    if (keepalive != null) {
      keepalive.callBegins();
    }
  }

  /** {@return whether reading is paused because the peer does not read its answers} Loop only. */
  boolean isReadingPaused() {
    return backpressure.isPaused();
  }

  // ---- the streams' owner

  @Override
  public boolean put(Command command) {
    return outbox.put(command);
  }

  @Override
  public boolean isOnLoop() {
    return loop().isCurrent();
  }

  @Override
  public void wakeLater(Stream stream) {
    if (insideReadPass) {
      readers.due(stream);
    } else {
      stream.wake();
    }
  }

  @Override
  public void measureRoundTrip(Stream stream) {
    if (budget.windowsMayGrow()) {
      roundTrip.measure(stream);
    }
  }

  @Override
  public ReceiveBudget budget() {
    return budget;
  }

  @Override
  public void becameObsolete(int bytes) {
    outbox.becameObsolete(bytes);
  }

  @Override
  public void again() {
    wire.again();
  }

  @Override
  public void callEnded() {
    role.callEnded();
  }

  // ---- the writer's events

  @Override
  public void provokedFramed() {
    if (guard.framed()) {
      backpressure.answersFramed();
    }
  }

  @Override
  public boolean insideReadPass() {
    return isOnLoop() && insideReadPass;
  }

  @Override
  public void violated(ErrorCode code, String message) {
    execute(() -> fail(new ConnectionError(code, message)));
  }

  @Override
  public void madeToReset(OutboundStream stream, Status cause) {
    execute(() -> {
      stream.fail(cause, Progress.PROCESSED); // notifies its handler: not under the writer's role
      try {
        role.streamFrames().madeToReset(true);
      } catch (ConnectionError e) {
        fail(e);
      }
    });
  }

  @Override
  public void outputShutDown(Status cause) {
    execute(() -> lingering.linger(cause));
  }

  /** The connection is gone: withdraws its timers, which may be due in hours. Any thread. */
  @Override
  public void closed(Status cause) {
    streams.forEach(stream -> stream.fail(cause, Progress.PROCESSED));
    loop().execute(this::stopTimers);
    role.closed(cause);
  }

  // ---- the wire's events

  @Override
  public void connected() {
    connected = true;
    role.connected();
  }

  @Override
  public void received(ByteBuffer in) {
    insideReadPass = true;
    passBegan = loop().timers().now();
    if (keepalive != null) {
      keepalive.received(passBegan);
    }
    if (lingering.begun()) {
      in.position(in.limit());
      return;
    }
    try {
      if (role.prefaceRead(in)) {
        frames.read(in);
      }
    } catch (ConnectionError e) {
      in.position(in.limit());
      fail(e);
    }
  }

  @Override
  public void readPassEnded() {
    try {
      role.dispatch();
      readers.wake();
      backpressure.readPassEnded();
    } finally {
      insideReadPass = false;
      outbox.endReadPass();
    }
  }

  @Override
  public void writable() {
    outbox.onWritable();
  }

  @Override
  public void endOfInput() {
    close(lingering.causeOr(role.endOfInput()));
  }

  @Override
  public void failed(IOException cause) {
    log.debug("connection to {} failed", wire.remoteAddress(), cause);
    close(
        lingering.causeOr(
            Status.unavailable(
                "connection to "
                    + wire.remoteAddress()
                    + " failed: "
                    + Reason.of(cause)
                    + (connected ? role.failureHint() : ""))));
  }

  @Override
  public void unfinished() {
    readers.wake(); // perhaps of a read pass that was cut off
    role.unfinished();
    outbox.goOnEnding();
  }

  // ---- the end

  /** The peer broke a rule: sends GOAWAY and closes. Loop only. */
  void fail(ConnectionError error) {
    if (lingering.begun()) {
      return;
    }
    log.debug("{} broke the protocol: {}", wire.remoteAddress(), error.toString());
    put(
        new Command.GoAway(
            role.lastPeerStreamId(), error.code(), String.valueOf(error.getMessage())));
    lingering.beginBriefly(
        Status.unavailable("the peer broke HTTP/2: " + error.code() + ": " + error.getMessage()));
  }

  private void stopTimers() {
    handshake.end();
    if (keepalive != null) {
      keepalive.end();
    }
    backpressure.end();
    readers.end();
    role.stopTimers();
  }

  /** Runs a task on the loop; an exception ends the connection. Any thread. */
  public void execute(Runnable task) {
    loop().execute(() -> guarded(task));
  }

  /** Runs a task on the loop after a delay; an exception ends the connection. Loop only. */
  public LoopTimers.Timer schedule(long nanos, Runnable task) {
    return loop().timers().schedule(nanos, () -> guarded(task));
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) { // memory ran out, or a defect: the task may be half done
      wire.fail(t);
    }
  }

  /** Closes at once. Any thread; the first cause wins. */
  public void close(Status cause) {
    outbox.close(cause);
  }

  /** Closes at once; if everything is already sent, lets the lingering close end. Any thread. */
  public void closeUnlessFlushed(Status cause) {
    if (!writer.isOutputShutDown()) {
      outbox.close(cause);
    }
  }
}
