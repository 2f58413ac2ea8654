package grpc.kernel.subchannel;

import grpc.spi.balancer.SubConn;
import org.jspecify.annotations.Nullable;

/** A subchannel as the calls see it that a picker sends there. */
public abstract sealed class PickTarget implements SubConn permits SubchannelHandle, DirectSubConn {
  private volatile @Nullable ReadyConnection connection;

  PickTarget() {}

  /** {@return the connection while it is READY, else null; read by calls on their own threads} */
  public final @Nullable ReadyConnection connection() {
    return connection;
  }

  /** Takes over the connection, or that there is none; on the channel's serial executor. */
  final void carriesCallsOver(@Nullable ReadyConnection ready) {
    connection = ready;
  }
}
