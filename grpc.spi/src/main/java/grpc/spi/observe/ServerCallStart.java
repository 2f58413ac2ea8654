package grpc.spi.observe;

import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;

/** The beginning of a call on a server. The kernel makes it. Immutable. */
public final class ServerCallStart {
  private final MethodDescriptor<?, ?> method;
  private final boolean registered;
  private final Metadata metadata;
  private final Peer peer;

  private ServerCallStart(
      MethodDescriptor<?, ?> method, boolean registered, Metadata metadata, Peer peer) {
    this.method = method;
    this.registered = registered;
    this.metadata = metadata;
    this.peer = peer;
  }

  /** {@return the start of a call to a method of a service} */
  public static ServerCallStart of(MethodDescriptor<?, ?> method, Metadata metadata, Peer peer) {
    return new ServerCallStart(method, true, metadata, peer);
  }

  /**
   * {@return this start, of a call to a method of a service, or of a call that a fallback answers}
   */
  public ServerCallStart withRegistered(boolean registered) {
    return new ServerCallStart(method, registered, metadata, peer);
  }

  /** {@return the method} */
  public MethodDescriptor<?, ?> method() {
    return method;
  }

  /**
   * {@return whether a service has the method} If not, a fallback answers: the client chose the
   * name, and the number of such names is unbounded. Use {@code other} in metrics (A66).
   */
  public boolean registered() {
    return registered;
  }

  /** {@return the client's metadata, for example the call's trace (A72)} */
  public Metadata metadata() {
    return metadata;
  }

  /** {@return the two ends of the connection} */
  public Peer peer() {
    return peer;
  }
}
