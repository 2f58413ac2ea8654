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

  /** Closed, a final state. */
  record Shutdown() implements ConnectivityState {}

  /** The one idle state. */
  ConnectivityState IDLE = new Idle();

  /** The one connecting state. */
  ConnectivityState CONNECTING = new Connecting();

  /** The one ready state. */
  ConnectivityState READY = new Ready();

  /** The one shutdown state. */
  ConnectivityState SHUTDOWN = new Shutdown();
}
