package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.transport.nio.frame.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a writer tells its connection and its role, a line each. */
final class WriterLog implements WriterRole, WriterEvents {
  private final List<String> told = new ArrayList<>();

  /** {@return what was told since this was asked last} */
  List<String> told() {
    var all = List.copyOf(told);
    told.clear();
    return all;
  }

  @Override
  public void localEnded(OutboundStream stream) {
    told.add("localEnded " + stream.id());
  }

  @Override
  public void resetWritten(OutboundStream stream) {
    told.add("resetWritten " + stream.id());
  }

  @Override
  public void idsUsedUp() {
    told.add("idsUsedUp");
  }

  @Override
  public boolean othersInFlight() {
    return false;
  }

  @Override
  public void provokedFramed() {
    told.add("provokedFramed");
  }

  @Override
  public void violated(ErrorCode code, String message) {
    told.add("violated " + code + ": " + message);
  }

  @Override
  public void madeToReset(OutboundStream stream, Status cause) {
    told.add("madeToReset " + stream.id() + ": " + cause.message());
  }

  @Override
  public void outputShutDown(Status cause) {
    told.add("outputShutDown: " + cause.message());
  }

  @Override
  public void closed(Status cause) {
    told.add("closed: " + cause.message());
  }

  @Override
  public boolean insideReadPass() {
    return false;
  }
}
