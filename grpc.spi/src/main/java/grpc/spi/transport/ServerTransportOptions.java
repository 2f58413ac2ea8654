package grpc.spi.transport;

import grpc.spi.credentials.ServerSecurity;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks of the connections to one of its addresses. The kernel makes it; immutable. A
 * transport without a wire may ignore keepalive, ping policy, age and memory.
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
   * are {@link ServerSecurity#PLAINTEXT}; one that cannot do as they say refuses to listen, or
   * closes the connection.
   */
  public ServerSecurity security() {
    return security;
  }

  /** {@return the most requests that run at once on a connection; more are refused} */
  public int maxConcurrentStreams() {
    return maxConcurrentStreams;
  }

  /** {@return what a request's header list may take, Σ(name + value + 32) bytes} */
  public int maxHeaderListSize() {
    return maxHeaderListSize;
  }

  /** {@return the longest that a client may take to the end of its preface and SETTINGS} */
  public Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  /** {@return how to find out that a client is gone} */
  public Keepalive keepalive() {
    return keepalive;
  }

  /** {@return how often a client may ping} */
  public PingPolicy pingPolicy() {
    return pingPolicy;
  }

  /** {@return how long a connection is kept} */
  public ConnectionAge age() {
    return age;
  }

  /** {@return what connections may hold of messages that are not whole or not taken} */
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

    /** Lets so many requests run at once on a connection; 1024 unless chosen. */
    public Builder maxConcurrentStreams(int streams) {
      this.maxConcurrentStreams = streams;
      return this;
    }

    /** Accepts request headers of so many bytes; 8 KiB unless chosen. */
    public Builder maxHeaderListSize(int bytes) {
      this.maxHeaderListSize = bytes;
      return this;
    }

    /** Gives a handshake so long; 2 min unless chosen. More than 292 years are taken for that. */
    public Builder handshakeTimeout(Duration timeout) {
      this.handshakeTimeout = Durations.bounded(timeout);
      return this;
    }

    /** Pings connections so; {@link Keepalive#SERVER_DEFAULT} unless chosen. */
    public Builder keepalive(Keepalive pings) {
      this.keepalive = Objects.requireNonNull(pings, "keepalive");
      return this;
    }

    /** Lets clients ping so often; {@link PingPolicy#DEFAULT} unless chosen. */
    public Builder pingPolicy(PingPolicy policy) {
      this.pingPolicy = Objects.requireNonNull(policy, "ping policy");
      return this;
    }

    /** Keeps connections so long; {@link ConnectionAge#UNLIMITED} unless chosen. */
    public Builder age(ConnectionAge limits) {
      this.age = Objects.requireNonNull(limits, "age");
      return this;
    }

    /** Lets connections hold so much; what suits this JVM's heap unless chosen. */
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
