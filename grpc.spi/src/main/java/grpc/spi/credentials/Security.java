package grpc.spi.credentials;

import grpc.api.PeerSecurity;
import java.util.Objects;

/**
 * What credentials decide for one connection. A transport refuses a connection if it does not know
 * the kind of decision: this sum grows.
 */
public sealed interface Security {
  /**
   * Use the connection as it is.
   *
   * @param peer what protects it all the same, such as the machine that both ends run on
   */
  record Plain(PeerSecurity peer) implements Security {
    /** Use it as it is. */
    public Plain {
      Objects.requireNonNull(peer, "peer (for none: PeerSecurity.NONE)");
    }
  }

  /**
   * Close the connection without a byte.
   *
   * @param reason why, for the log of this side and, on a client, for the status of its calls
   */
  record Refuse(String reason) implements Security {
    /** Close it. */
    public Refuse {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
