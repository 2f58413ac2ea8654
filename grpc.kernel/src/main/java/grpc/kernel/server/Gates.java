package grpc.kernel.server;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.ServerCallGate;
import grpc.api.ServerCallGate.Decision;
import grpc.api.ServerCallGate.Refuse;
import grpc.api.Status;
import grpc.kernel.log.SeldomLog;
import grpc.spi.failure.Excerpt;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ServerStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What a call must pass before the server looks for its method. On the connection's reader. */
final class Gates {
  private static final Logger log = LoggerFactory.getLogger("grpc.server.gate");
  private static final SeldomLog FAILURES = new SeldomLog(log, Level.ERROR);

  private final List<ServerCallGate> gates;
  private final @Nullable ClassLoader loader;

  /**
   * These, in the order in which they are asked.
   *
   * @param loader their context class loader
   */
  Gates(List<ServerCallGate> gates, @Nullable ClassLoader loader) {
    this.gates = List.copyOf(gates);
    this.loader = loader;
  }

  /** {@return whether there is none} */
  boolean isEmpty() {
    return gates.isEmpty();
  }

  /**
   * {@return the first refusal, or empty when all gates admit the call}
   *
   * @param registered whether a service has the method
   */
  Optional<Refuse> refusal(ServerStream stream, boolean registered) {
    var call = new Headers(stream, registered);
    var before = HandlerLoader.enter(loader);
    try {
      for (var gate : gates) {
        if (decision(gate, call) instanceof Refuse refusal) {
          return Optional.of(refusal);
        }
      }
      return Optional.empty();
    } finally {
      HandlerLoader.leave(before, false);
    }
  }

  private static Decision decision(ServerCallGate gate, Headers call) {
    try {
      return Objects.requireNonNull(gate.decide(call), "its decision");
    } catch (Throwable thrown) { // another's code: it ends its call and no more
      String path = Excerpt.of(call.stream.headers().path());
      FAILURES.log(
          "%s: the gate %s threw (expected: a Decision; to refuse a call, return Decision.refuse(status))"
              .formatted(path, gate.getClass().getName()),
          thrown);
      return Decision.refuse(
          Status.internal("a gate failed for %s; see the server's log".formatted(path)));
    }
  }

  /** A call as gates see it. */
  private record Headers(ServerStream stream, boolean isRegistered) implements ServerCallGate.Call {
    @Override
    public String fullMethodName() {
      return MethodTable.fullName(stream.headers().path());
    }

    @Override
    public String authority() {
      return stream.headers().authority();
    }

    @Override
    public Metadata metadata() {
      return stream.headers().metadata();
    }

    @Override
    public Peer peer() {
      return stream.peer();
    }

    @Override
    public Optional<Duration> timeout() {
      long nanos = stream.headers().timeoutNanos();
      return nanos == RequestHeaders.NO_TIMEOUT
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(nanos));
    }

    @Override
    public String toString() {
      return stream.headers().path() + " from " + stream.peer().remote();
    }
  }
}
