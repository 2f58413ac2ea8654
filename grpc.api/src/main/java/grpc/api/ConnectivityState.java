package grpc.api;

/** The connectivity of a subchannel or a channel (gRPC's connectivity-semantics document). */
public sealed interface ConnectivityState {
  /** Not connected and not trying. */
  record Idle() implements ConnectivityState {}

  /** Trying to connect. */
  record Connecting() implements ConnectivityState {}

  /** Connected. */
  record Ready() implements ConnectivityState {}

  /**
   * The last attempt failed.
   *
   * @param status why, never OK
   */
  record TransientFailure(Status status) implements ConnectivityState {}

  /** Closed; it stays so. */
  record Shutdown() implements ConnectivityState {}

  /** The one idle state. */
  ConnectivityState IDLE = new Idle();

  /** The one connecting state. */
  ConnectivityState CONNECTING = new Connecting();

  /** The one ready state. */
  ConnectivityState READY = new Ready();

  /** The one state that ends. */
  ConnectivityState SHUTDOWN = new Shutdown();
}
