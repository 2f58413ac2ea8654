package grpc.transport.inprocess;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Where at most one server listens at a time. */
final class MeetingPoint {
  private final AtomicReference<InProcessServer> server = new AtomicReference<>();

  boolean occupy(InProcessServer candidate) {
    return server.compareAndSet(null, candidate);
  }

  void leave(InProcessServer former) {
    server.compareAndSet(former, null);
  }

  Optional<InProcessServer> server() {
    return Optional.ofNullable(server.get());
  }
}
