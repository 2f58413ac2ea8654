package grpc.transport.nio.stream;

import grpc.api.Status;

/** Counts what a deframer keeps, up to a limit. */
final class Account implements MessageDeframer.Ledger {
  private final int most;
  int held;
  int highest;

  Account(int most) {
    this.most = most;
  }

  @Override
  public void hold(int bytes) throws MessageDeframer.Malformed {
    if (bytes < 0) {
      throw new AssertionError("hold(" + bytes + ")");
    }
    if (bytes > most - held) {
      throw new MessageDeframer.Malformed(Status.resourceExhausted("no memory"));
    }
    held += bytes;
    highest = Math.max(highest, held);
  }

  @Override
  public void letGo(int bytes) {
    if (bytes <= 0 || bytes > held) {
      throw new AssertionError("letGo(" + bytes + ") of " + held);
    }
    held -= bytes;
  }

  @Override
  public MessageDeframer.Limit limit() {
    return MessageDeframer.Limit.OF_SERVER;
  }
}
