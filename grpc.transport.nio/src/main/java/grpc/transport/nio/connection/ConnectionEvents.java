package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.outbound.OutboundStream;
import grpc.transport.nio.outbound.WriterEvents;
import java.util.function.Consumer;

/** What the writer tells and asks, handed to whom it concerns. */
record ConnectionEvents(Connection connection, ConnectionRole side) implements WriterEvents {
  @Override
  public void opened(OutboundStream stream) {
    side.opened(stream);
  }

  @Override
  public void localEnded(OutboundStream stream) {
    side.localEnded(stream);
  }

  @Override
  public void resetWritten(OutboundStream stream) {
    side.resetWritten(stream);
  }

  @Override
  public int openStreams() {
    return side.openStreams();
  }

  @Override
  public void forEachStream(Consumer<OutboundStream> action) {
    side.forEachStream(action);
  }

  @Override
  public long takePeerWindow() {
    return connection.takePeerWindow();
  }

  @Override
  public int takeWindowCredit() {
    return connection.takeWindowCredit();
  }

  @Override
  public void provokedFramed() {
    connection.provokedFramed();
  }

  @Override
  public void violated(ErrorCode code, String message) {
    connection.execute(() -> connection.fail(new ConnectionError(code, message)));
  }

  @Override
  public void madeToReset(OutboundStream stream, Status cause) {
    connection.execute(() -> {
      stream.fail(cause, Progress.PROCESSED); // tells its handler: not under the role
      connection.madeToReset();
    });
  }

  @Override
  public void idsUsedUp() {
    side.idsUsedUp();
  }

  @Override
  public void outputShutDown(Status cause) {
    connection.execute(() -> connection.lingering().linger(cause));
  }

  @Override
  public void closed(Status cause) {
    side.forEachStream(stream -> stream.fail(cause, Progress.PROCESSED));
    connection.closed(cause);
  }

  @Override
  public boolean othersInFlight() {
    return side.othersInFlight();
  }

  @Override
  public boolean insideReadPass() {
    return connection.insideReadPass();
  }
}
