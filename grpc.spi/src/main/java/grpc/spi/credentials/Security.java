package grpc.spi.credentials;

import grpc.api.PeerSecurity;
import java.util.Objects;

/**
 * The decision of credentials for one connection. Later versions add kinds: a transport refuses the
 * connection if it does not know the kind.
 */
public sealed interface Security {
  /**
   * Use the connection as it is.
   *
   * @param peer the protection that the connection already has, for example because both ends run
   *     on one machine
   */
  record Plain(PeerSecurity peer) implements Security {
    /** Uses the connection as it is. */
    public Plain {
      Objects.requireNonNull(peer, "peer (for none: PeerSecurity.NONE)");
    }
  }

  /**
   * Close the connection without a byte.
   *
   * @param reason the reason, for the log of this side and, on a client, for the status of its
   *     calls
   */
  record Refuse(String reason) implements Security {
    /** Closes the connection. */
    public Refuse {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
