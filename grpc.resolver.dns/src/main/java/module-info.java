import grpc.resolver.dns.DnsResolverProvider;
import grpc.spi.resolver.ResolverProvider;
import org.jspecify.annotations.NullMarked;

/** The scheme {@code dns}: A and AAAA records, and the hosts file, on dnsjava. */
@NullMarked
module grpc.resolver.dns {
  requires static org.jspecify;
  requires grpc.spi;
  requires org.dnsjava; // own servers and real TTLs, which InetAddress cannot give
  requires org.slf4j;

  provides ResolverProvider with
      DnsResolverProvider;
}
