package grpc.transport.inprocess;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The slot of an address: at most one server listens in it at a time. */
final class ListenerSlot {
  private final AtomicReference<@Nullable InProcessServer> server = new AtomicReference<>(null);

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
