package grpc.kernel.channel;

import grpc.spi.balancer.SubConn;
import grpc.spi.transport.ClientTransport;
import org.jspecify.annotations.Nullable;

/** A subchannel as the calls see it that a picker sends there. */
public abstract sealed class Line implements SubConn permits Subchannel, DirectLine {
  private volatile @Nullable ClientTransport transport;

  Line() {}

  /** {@return the connection while it is READY, else null; read by calls on their own threads} */
  public final @Nullable ClientTransport transport() {
    return transport;
  }

  /** Takes over the connection, or that there is none; on the channel's serial executor. */
  final void carriesCallsOver(@Nullable ClientTransport ready) {
    transport = ready;
  }
}
