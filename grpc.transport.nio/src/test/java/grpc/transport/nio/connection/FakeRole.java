package grpc.transport.nio.connection;

import grpc.api.Status;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.outbound.OutboundStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A role whose calls are what the test says, and which writes down why its connection ended. */
public final class FakeRole implements ConnectionRole {
  private final List<String> causes = new ArrayList<>();
  private boolean calls;

  /** Says whether calls run. */
  public void hasCalls(boolean calls) {
    this.calls = calls;
  }

  /** {@return why the connection ended, since this was asked last; empty while it lives} */
  public List<String> causes() {
    var all = List.copyOf(causes);
    causes.clear();
    return all;
  }

  @Override
  public boolean hasCalls() {
    return calls;
  }

  @Override
  public void closed(Status cause) {
    causes.add(cause.message());
  }

  @Override
  public Settings settings() {
    return Settings.DEFAULT;
  }

  @Override
  public int dataCost() {
    return 0;
  }

  @Override
  public int lastPeerStreamId() {
    return 0;
  }

  @Override
  public boolean othersInFlight() {
    return false;
  }

  /** Leaves all bytes unread: that some have come is all that matters. */
  @Override
  public boolean prefaceRead(ByteBuffer in) {
    return false;
  }

  @Override
  public void callEnded() {}

  @Override
  public void connected() {}

  @Override
  public void handshakeDone() {}

  @Override
  public StreamFrames streamFrames() {
    throw new AssertionError("no frames come");
  }

  @Override
  public void goAway(int lastStreamId, int errorCode, String debug) {
    throw new AssertionError("no frames come");
  }

  @Override
  public Status endOfInput() {
    throw new AssertionError("the peer does not end its bytes");
  }

  @Override
  public void localEnded(OutboundStream stream) {}

  @Override
  public void resetWritten(OutboundStream stream) {}

  @Override
  public void idsUsedUp() {}
}
