package grpc.spi.transport;

import grpc.spi.credentials.ChannelSecurity;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a channel asks of its connections. The kernel makes it; immutable. */
public final class ClientTransportOptions {
  private final String authority;
  private final ChannelSecurity security;
  private final String userAgent;
  private final int maxHeaderListSize;
  private final Duration connectTimeout;
  private final @Nullable Keepalive keepalive;

  private ClientTransportOptions(Builder from) {
    this.authority = from.authority;
    this.security = from.security;
    this.userAgent = from.userAgent;
    this.maxHeaderListSize = from.maxHeaderListSize;
    this.connectTimeout = from.connectTimeout;
    this.keepalive = from.keepalive;
  }

  /**
   * {@return a builder of options}
   *
   * @param authority the channel's {@code :authority}, which credentials check
   * @param security the channel's credentials
   */
  public static Builder builder(String authority, ChannelSecurity security) {
    return new Builder(authority, security);
  }

  /** {@return the channel's {@code :authority}, which credentials check} */
  public String authority() {
    return authority;
  }

  /**
   * {@return the channel's credentials} A transport asks them for each connection, unless they are
   * {@link ChannelSecurity#PLAINTEXT}; one that cannot do as they say refuses the connection.
   */
  public ChannelSecurity security() {
    return security;
  }

  /** {@return the {@code user-agent} header} */
  public String userAgent() {
    return userAgent;
  }

  /** {@return what a response's header list may take, Σ(name + value + 32) bytes} */
  public int maxHeaderListSize() {
    return maxHeaderListSize;
  }

  /** {@return the longest that an attempt to connect may take, to the server's SETTINGS} */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * {@return how to find out that the server is gone; empty for not at all} A transport without a
   * wire may ignore it.
   */
  public Optional<Keepalive> keepalive() {
    return Optional.ofNullable(keepalive);
  }

  /** Collects options; for one thread. */
  public static final class Builder {
    private final String authority;
    private final ChannelSecurity security;
    private String userAgent = "";
    private int maxHeaderListSize = 8 * 1024;
    private Duration connectTimeout = Duration.ofSeconds(20);
    private @Nullable Keepalive keepalive;

    private Builder(String authority, ChannelSecurity security) {
      this.authority = Objects.requireNonNull(authority, "authority");
      this.security = Objects.requireNonNull(security, "security");
    }

    /** Sends this {@code user-agent}; none unless chosen. */
    public Builder userAgent(String value) {
      this.userAgent = Objects.requireNonNull(value, "user-agent");
      return this;
    }

    /** Accepts response headers of so many bytes; 8 KiB unless chosen. */
    public Builder maxHeaderListSize(int bytes) {
      this.maxHeaderListSize = bytes;
      return this;
    }

    /** Gives an attempt so long; 20 s unless chosen. More than 292 years are taken for that. */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = Durations.bounded(timeout);
      return this;
    }

    /** Pings connections so; not at all unless chosen. */
    public Builder keepalive(Keepalive pings) {
      this.keepalive = Objects.requireNonNull(pings, "keepalive");
      return this;
    }

    /** {@return the options} */
    public ClientTransportOptions build() {
      return new ClientTransportOptions(this);
    }
  }
}
