package grpc.resolver.dns;

import grpc.spi.failure.Reason;
import grpc.spi.resolver.HostPort;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.spi.schedule.Backoff;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.LoggerFactory;

/** {@code dns:host[:port]} and {@code dns://server[:port]/host[:port]}. */
public final class DnsResolverProvider implements ResolverProvider {
  private static final int DNS_PORT = 53;
  private static final int PERCENT = 100;

  private final DnsOptions options;

  /** For the service loader: {@link DnsOptions#DEFAULT}. */
  public DnsResolverProvider() {
    this(DnsOptions.DEFAULT);
  }

  /** For a channel or runtime with other options. */
  public DnsResolverProvider(DnsOptions options) {
    JarCheck.once();
    this.options = options;
  }

  @Override
  public String scheme() {
    return "dns";
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    try {
      var where = HostPort.parse(target.endpoint(), context.defaultPort());
      var literal = literal(where.host());
      if (literal.isPresent()) {
        return new LiteralResolver(context, literal.get(), where.port());
      }
      var server =
          target.authority().isEmpty()
              ? Optional.<HostPort>empty()
              : Optional.of(HostPort.parse(target.authority(), DNS_PORT));
      return new DnsResolver(
          context,
          where,
          new DnsjavaLookup(server, options),
          new ConfigChooser(
              DnsResolverProvider::hostname, ThreadLocalRandom.current().nextInt(PERCENT)),
          options.refresh(),
          new Backoff(() -> ThreadLocalRandom.current().nextDouble()),
          task ->
              Thread.ofPlatform() // a virtual thread needs a carrier, and calls may pin them all
                  .daemon()
                  .name("grpc-dns " + where.host())
                  .inheritInheritableThreadLocals(false)
                  .start(task));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "target \"%s\": %s (expected: dns:host:port or dns://server:port/host:port)"
              .formatted(target, Reason.of(e)),
          e);
    }
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LoggerFactory.getLogger("grpc.resolver.dns")
          .warn("this machine has no name, so no choice by clientHostname takes it", e);
      return "";
    }
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the host is a name
    }
  }

  @Override
  public List<SocketAddress> sampleAddresses() {
    return List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }
}
