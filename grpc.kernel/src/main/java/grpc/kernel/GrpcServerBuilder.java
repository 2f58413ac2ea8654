package grpc.kernel;

import grpc.api.ServerCallGate;
import grpc.api.ServerCredentials;
import grpc.api.ServerInterceptor;
import grpc.api.Service;
import grpc.api.ServiceDefinition;
import grpc.api.UnknownMethodHandler;
import grpc.kernel.observe.Observers;
import grpc.kernel.registry.PluginFailure;
import grpc.kernel.server.MethodTable;
import grpc.kernel.server.ServerSettings;
import grpc.kernel.time.Clock;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.failure.Reason;
import grpc.spi.observe.Observer;
import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.InboundMemory;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.PingPolicy;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.TransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the choices for one server; for one thread. */
public final class GrpcServerBuilder {
  private static final Logger log = LoggerFactory.getLogger("grpc.server");

  private record Listener(SocketAddress address, ServerSecurity security) {}

  private final List<Listener> listeners = new ArrayList<>();
  private final List<ServiceDefinition> services = new ArrayList<>();
  private final List<ServerCallGate> gates = new ArrayList<>();
  private final List<ServerInterceptor> interceptors = new ArrayList<>();
  private final List<Observer> observers = new ArrayList<>();
  private final List<Runnable> drainActions = new ArrayList<>();
  private Optional<GrpcRuntime> runtime = Optional.empty();
  private Optional<String> transport = Optional.empty();
  private UnknownMethodHandler fallback = name -> Optional.empty();
  private int maxReceiveMessageSize = 4 << 20;
  private int maxSendMessageSize = Integer.MAX_VALUE;
  private int maxConcurrentStreams = 1024;
  private int maxHeaderListSize = 8 * 1024;
  private InboundMemory inboundMemory = InboundMemory.ofHeap(Runtime.getRuntime().maxMemory());
  private Keepalive keepalive = Keepalive.SERVER_DEFAULT;
  private PingPolicy pingPolicy = PingPolicy.DEFAULT;
  private ConnectionAge age = ConnectionAge.UNLIMITED;

  GrpcServerBuilder() {}

  /** Takes the providers of this runtime, in place of {@link GrpcRuntime#system}. */
  public GrpcServerBuilder runtime(GrpcRuntime runtime) {
    this.runtime = Optional.of(runtime);
    return this;
  }

  /**
   * Listens on this TCP port of all interfaces.
   *
   * @param port 0 for one that the system chooses
   * @param credentials how to protect the connections, for example {@link
   *     ServerCredentials#plaintext}
   * @throws IllegalArgumentException when it is no port, or no transport can use these credentials
   */
  public GrpcServerBuilder listen(int port, ServerCredentials credentials) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
    }
    return listen(new InetSocketAddress(port), credentials);
  }

  /**
   * Listens on this address too.
   *
   * @param credentials how to protect the connections, for example {@link
   *     ServerCredentials#plaintext}
   * @throws IllegalArgumentException when it is a host name that could not be looked up, or no
   *     transport can use these credentials
   */
  public GrpcServerBuilder listen(SocketAddress address, ServerCredentials credentials) {
    if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw new IllegalArgumentException(
          "cannot listen on %s:%d: the host name is not known here (expected: an address of this machine, or a port alone for all of them)"
              .formatted(inet.getHostString(), inet.getPort()));
    }
    listeners.add(
        new Listener(Objects.requireNonNull(address, "address"), ServerSecurity.of(credentials)));
    return this;
  }

  /** Chooses the transport by name, for addresses that several support. */
  public GrpcServerBuilder transport(String name) {
    this.transport = Optional.of(name);
    return this;
  }

  /** Offers this service too. */
  public GrpcServerBuilder service(Service service) {
    services.add(Objects.requireNonNull(service, "service: null (expected: one)").definition());
    return this;
  }

  /** Asks this for methods that no service has; they end with UNIMPLEMENTED unless chosen. */
  public GrpcServerBuilder fallback(UnknownMethodHandler methods) {
    this.fallback = Objects.requireNonNull(methods, "methods");
    return this;
  }

  /**
   * Adds gates, which admit or refuse each call by its headers, before a byte of its message is
   * read. They are asked in the order in which they were added; the first refusal wins.
   */
  public GrpcServerBuilder gate(ServerCallGate... added) {
    for (var gate : added) {
      gates.add(Objects.requireNonNull(gate, "gate"));
    }
    return this;
  }

  /** Adds interceptors; the first one added is the outermost. */
  public GrpcServerBuilder intercept(ServerInterceptor... added) {
    for (var interceptor : added) {
      interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
    }
    return this;
  }

  /** Adds an observer of the server's calls, after the runtime's observers. */
  public GrpcServerBuilder observe(Observer observer) {
    observers.add(Objects.requireNonNull(observer, "observer"));
    return this;
  }

  /** Accepts requests of at most so many bytes, uncompressed; 4 MiB unless chosen. */
  public GrpcServerBuilder maxReceiveMessageSize(int bytes) {
    this.maxReceiveMessageSize = requirePositive("maxReceiveMessageSize", bytes);
    return this;
  }

  /** Sends responses of at most so many bytes, uncompressed; no limit unless chosen. */
  public GrpcServerBuilder maxSendMessageSize(int bytes) {
    this.maxSendMessageSize = requirePositive("maxSendMessageSize", bytes);
    return this;
  }

  /** Lets at most so many calls run at once on a connection; 1024 unless chosen. */
  public GrpcServerBuilder maxConcurrentStreams(int streams) {
    this.maxConcurrentStreams = requirePositive("maxConcurrentStreams", streams);
    return this;
  }

  /**
   * Accepts request headers of at most so many bytes, Σ(name + value + 32); 8 KiB unless chosen.
   */
  public GrpcServerBuilder maxHeaderListSize(int bytes) {
    this.maxHeaderListSize = requirePositive("maxHeaderListSize", bytes);
    return this;
  }

  /**
   * Limits what connections may hold of requests' messages that are not whole, or whole and not
   * taken by their handler. A call that would need more ends with RESOURCE_EXHAUSTED. The default
   * is a quarter of the heap in all, and a quarter of that a connection, but 5 MiB at least. Give
   * the same memory to several servers to limit them together.
   */
  public GrpcServerBuilder inboundMemory(InboundMemory memory) {
    this.inboundMemory = Objects.requireNonNull(memory, "memory");
    return this;
  }

  /**
   * Pings silent connections, and closes them if they stay silent (gRFC A9); every two hours with
   * 20 s to answer unless chosen. A server pings while no call runs, too, even if the keepalive
   * does not say {@link Keepalive#evenWithoutCalls}.
   */
  public GrpcServerBuilder keepalive(Keepalive pings) {
    this.keepalive = pings.evenWithoutCalls();
    return this;
  }

  /**
   * Permits clients to ping so often (gRFC A8); {@link PingPolicy#DEFAULT} unless chosen. A client
   * that pings more often is sent away.
   */
  public GrpcServerBuilder permitKeepalive(PingPolicy policy) {
    this.pingPolicy = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Ends connections that have had no call for so long, or at most a quarter longer (gRFC A9);
   * never unless chosen.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public GrpcServerBuilder maxConnectionIdle(Duration idle) {
    this.age = age.withMaxIdle(idle);
    return this;
  }

  /**
   * Ends connections gracefully at this age, give or take a tenth (gRFC A9), so that clients
   * resolve and balance anew; never unless chosen.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public GrpcServerBuilder maxConnectionAge(Duration maxAge) {
    this.age = age.withMaxAge(maxAge);
    return this;
  }

  /**
   * Cancels calls that run for so long beyond {@link #maxConnectionAge}; never unless chosen.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public GrpcServerBuilder maxConnectionAgeGrace(Duration grace) {
    this.age = age.withGrace(grace);
    return this;
  }

  /**
   * Has the action run once when the server begins to drain, before it refuses calls: the place to
   * tell that it is going, for example {@code health::stop}. Several run in their order. What one
   * throws is logged, and the rest goes on.
   */
  public GrpcServerBuilder onDrain(Runnable action) {
    drainActions.add(Objects.requireNonNull(action, "action"));
    return this;
  }

  /**
   * {@return the server, listening}
   *
   * @throws IllegalStateException when no address was given, or the runtime lacks a module that the
   *     services or addresses need; the message names it
   * @throws IllegalArgumentException when two services have one name
   * @throws UncheckedIOException when it cannot listen, for example because the port is in use
   */
  public GrpcServer start() {
    if (listeners.isEmpty()) {
      throw new IllegalStateException(
          "no address to listen on (expected: listen(port, credentials) or more)");
    }
    var providers = runtime.orElseGet(GrpcRuntime::system).registry();
    var settings =
        new ServerSettings(
            providers,
            Observers.of(providers, observers),
            Clock.SYSTEM,
            maxReceiveMessageSize,
            maxSendMessageSize,
            Thread.currentThread().getContextClassLoader());
    var methods = new MethodTable(services, fallback, gates, interceptors, settings);
    var transports = new ArrayList<ServerTransport>();
    boolean started = false;
    try {
      for (var listener : listeners) {
        var provider = providers.requireTransport(listener.address(), transport);
        transports.add(listen(provider, listener.address(), options(listener.security()), methods));
        log.info("listening on {} by {}", transports.getLast().localAddress(), provider.name());
      }
      started = true;
    } catch (IOException e) {
      throw new UncheckedIOException("the server cannot start: " + Reason.of(e), e);
    } finally {
      if (!started) {
        transports.forEach(ServerTransport::close);
      }
    }
    return new GrpcServer(transports, services, drainActions);
  }

  private ServerTransportOptions options(ServerSecurity security) {
    return ServerTransportOptions.builder(security)
        .maxConcurrentStreams(maxConcurrentStreams)
        .maxHeaderListSize(maxHeaderListSize)
        .keepalive(keepalive)
        .pingPolicy(pingPolicy)
        .age(age)
        .memory(inboundMemory)
        .build();
  }

  private static ServerTransport listen(
      TransportProvider provider,
      SocketAddress address,
      ServerTransportOptions options,
      MethodTable methods)
      throws IOException {
    try {
      return provider.listen(address, options, methods);
    } catch (IOException | IllegalArgumentException e) {
      throw e; // the address is taken, or none
    } catch (RuntimeException | LinkageError e) {
      throw PluginFailure.of("transport", provider, e);
    }
  }

  private static int requirePositive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
    }
    return value;
  }
}
