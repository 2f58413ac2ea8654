import grpc.resolver.dns.DnsResolverProvider;
import grpc.spi.resolver.ResolverProvider;
import org.jspecify.annotations.NullMarked;

/** The scheme {@code dns}: A, AAAA and TXT records, and the hosts file, on dnsjava. */
@NullMarked
module grpc.resolver.dns {
  requires static org.jspecify;
  requires transitive grpc.spi; // applications make a DnsResolverProvider, too
  requires com.google.gson; // the choices in TXT records are JSON
  requires org.dnsjava; // own servers and real TTLs, which InetAddress cannot give
  requires org.slf4j;

  exports grpc.resolver.dns; // DnsOptions

  provides ResolverProvider with
      DnsResolverProvider;
}
