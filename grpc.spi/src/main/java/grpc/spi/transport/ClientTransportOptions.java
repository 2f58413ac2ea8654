package grpc.spi.transport;

import grpc.spi.credentials.ChannelSecurity;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of a channel's connections. The kernel makes them; immutable. */
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
   * {@link ChannelSecurity#PLAINTEXT}. If it cannot apply their decision, it refuses the
   * connection.
   */
  public ChannelSecurity security() {
    return security;
  }

  /** {@return the {@code user-agent} header} */
  public String userAgent() {
    return userAgent;
  }

  /** {@return the limit for a response's header list, Σ(name + value + 32) bytes} */
  public int maxHeaderListSize() {
    return maxHeaderListSize;
  }

  /** {@return the limit for an attempt to connect, up to the server's SETTINGS} */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** {@return the keepalive; empty for none} A transport without a wire may ignore it. */
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

    /** Sends this {@code user-agent}; the default is none. */
    public Builder userAgent(String value) {
      this.userAgent = Objects.requireNonNull(value, "user-agent");
      return this;
    }

    /** Accepts response headers of at most this many bytes; the default is 8 KiB. */
    public Builder maxHeaderListSize(int bytes) {
      this.maxHeaderListSize = bytes;
      return this;
    }

    /**
     * Limits an attempt to connect; the default is 20 s. More than 292 years count as 292 years.
     */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = Durations.bounded(timeout);
      return this;
    }

    /** Pings with this keepalive; the default is none. */
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
