package grpc.spi.transport;

import grpc.spi.credentials.ServerSecurity;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options of the connections to one of a server's addresses. The kernel makes them; immutable.
 * A transport without a wire may ignore keepalive, ping policy, age and memory.
 */
public final class ServerTransportOptions {
  private final ServerSecurity security;
  private final int maxConcurrentStreams;
  private final int maxHeaderListSize;
  private final Duration handshakeTimeout;
  private final Keepalive keepalive;
  private final PingPolicy pingPolicy;
  private final ConnectionAge age;
  private final InboundMemory memory;

  private ServerTransportOptions(Builder from) {
    this.security = from.security;
    this.maxConcurrentStreams = from.maxConcurrentStreams;
    this.maxHeaderListSize = from.maxHeaderListSize;
    this.handshakeTimeout = from.handshakeTimeout;
    this.keepalive = from.keepalive;
    this.pingPolicy = from.pingPolicy;
    this.age = from.age;
    this.memory =
        from.memory == null ? InboundMemory.ofHeap(Runtime.getRuntime().maxMemory()) : from.memory;
  }

  /**
   * {@return a builder of options}
   *
   * @param security the credentials of the address
   */
  public static Builder builder(ServerSecurity security) {
    return new Builder(security);
  }

  /**
   * {@return the credentials of the address} A transport asks them for each connection, unless they
   * are {@link ServerSecurity#PLAINTEXT}. If it cannot apply their decision, it refuses to listen,
   * or closes the connection.
   */
  public ServerSecurity security() {
    return security;
  }

  /** {@return the limit for requests that run at once on a connection; more are refused} */
  public int maxConcurrentStreams() {
    return maxConcurrentStreams;
  }

  /** {@return the limit for a request's header list, Σ(name + value + 32) bytes} */
  public int maxHeaderListSize() {
    return maxHeaderListSize;
  }

  /** {@return the limit for a handshake, up to the end of the client's preface and SETTINGS} */
  public Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  /** {@return the keepalive} */
  public Keepalive keepalive() {
    return keepalive;
  }

  /** {@return the limit for a client's pings} */
  public PingPolicy pingPolicy() {
    return pingPolicy;
  }

  /** {@return the limits for a connection's age and idleness} */
  public ConnectionAge age() {
    return age;
  }

  /** {@return the limits for bytes of received messages} */
  public InboundMemory memory() {
    return memory;
  }

  /** Collects options; for one thread. */
  public static final class Builder {
    private final ServerSecurity security;
    private int maxConcurrentStreams = 1024;
    private int maxHeaderListSize = 8 * 1024;
    private Duration handshakeTimeout = Duration.ofMinutes(2);
    private Keepalive keepalive = Keepalive.SERVER_DEFAULT;
    private PingPolicy pingPolicy = PingPolicy.DEFAULT;
    private ConnectionAge age = ConnectionAge.UNLIMITED;
    private @Nullable InboundMemory memory;

    private Builder(ServerSecurity security) {
      this.security = Objects.requireNonNull(security, "security");
    }

    /** Lets this many requests run at once on a connection; the default is 1024. */
    public Builder maxConcurrentStreams(int streams) {
      this.maxConcurrentStreams = streams;
      return this;
    }

    /** Accepts request headers of at most this many bytes; the default is 8 KiB. */
    public Builder maxHeaderListSize(int bytes) {
      this.maxHeaderListSize = bytes;
      return this;
    }

    /** Limits a handshake; the default is 2 min. More than 292 years count as 292 years. */
    public Builder handshakeTimeout(Duration timeout) {
      this.handshakeTimeout = Durations.bounded(timeout);
      return this;
    }

    /** Pings with this keepalive; the default is {@link Keepalive#SERVER_DEFAULT}. */
    public Builder keepalive(Keepalive pings) {
      this.keepalive = Objects.requireNonNull(pings, "keepalive");
      return this;
    }

    /** Limits clients' pings; the default is {@link PingPolicy#DEFAULT}. */
    public Builder pingPolicy(PingPolicy policy) {
      this.pingPolicy = Objects.requireNonNull(policy, "ping policy");
      return this;
    }

    /** Limits age and idleness; the default is {@link ConnectionAge#UNLIMITED}. */
    public Builder age(ConnectionAge limits) {
      this.age = Objects.requireNonNull(limits, "age");
      return this;
    }

    /** Limits bytes of received messages; the default depends on this JVM's heap. */
    public Builder memory(InboundMemory limits) {
      this.memory = Objects.requireNonNull(limits, "memory");
      return this;
    }

    /** {@return the options} */
    public ServerTransportOptions build() {
      return new ServerTransportOptions(this);
    }
  }
}
