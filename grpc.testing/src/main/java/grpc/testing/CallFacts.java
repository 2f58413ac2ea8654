package grpc.testing;

import grpc.api.Deadline;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.ServerCallGate;
import java.time.Duration;
import java.util.Optional;

/** A request's headers and peer, for a gate. */
record CallFacts<Q, R>(
    MethodDescriptor<Q, R> method,
    String authority,
    Metadata metadata,
    Optional<Deadline> deadline,
    Peer peer)
    implements ServerCallGate.Call {
  @Override
  public String fullMethodName() {
    return method.fullName();
  }

  @Override
  public boolean isRegistered() {
    return true;
  }

  @Override
  public Optional<Duration> timeout() {
    return deadline.map(Deadline::remaining);
  }
}
