package grpc.spi.observe;

import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;

/** What a server knows of a call when it begins. The kernel makes it. Immutable. */
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

  /** {@return the start of a call whose method a service has} */
  public static ServerCallStart of(MethodDescriptor<?, ?> method, Metadata metadata, Peer peer) {
    return new ServerCallStart(method, true, metadata, peer);
  }

  /** {@return this start, of a call whose method a service has or a fallback answers} */
  public ServerCallStart withRegistered(boolean registered) {
    return new ServerCallStart(method, registered, metadata, peer);
  }

  /** {@return the method that answers it} */
  public MethodDescriptor<?, ?> method() {
    return method;
  }

  /**
   * {@return whether a service has the method} Else a fallback answers: the client chose the name,
   * there may be any number of such names, and metrics say {@code other} (A66).
   */
  public boolean registered() {
    return registered;
  }

  /** {@return what the client sent, for example the trace that the call is part of (A72)} */
  public Metadata metadata() {
    return metadata;
  }

  /** {@return the two ends of the connection} */
  public Peer peer() {
    return peer;
  }
}
