package grpc.transport.nio.outbound;

/** A stream that nobody reads and whose ends do not come; a test hears how it fails. */
abstract class SilentStream extends OutboundStream {
  SilentStream() {
    super(0, 0);
  }

  @Override
  protected boolean finished() {
    return false;
  }

  @Override
  protected final boolean remoteEnded() {
    return false;
  }

  @Override
  protected final boolean endsBothHalves() {
    return false;
  }

  @Override
  protected final int takeWindowCredit() {
    return 0;
  }
}
