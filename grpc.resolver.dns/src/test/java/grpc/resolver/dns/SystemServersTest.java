package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.ResolverConfig;

/**
 * What the system's configuration does, put in the place of resolv.conf by dnsjava's properties.
 */
@Timeout(30)
class SystemServersTest {
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.7");

  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    var name = Name.fromString("tenon-backend.search.test.");
    server = DnsServer.start(0).with(new ARecord(name, DClass.IN, 60, ADDRESS));
    System.setProperty("dns.server", server.authority());
    System.setProperty("dns.search", "other.test,search.test");
    ResolverConfig.refresh();
  }

  @AfterEach
  void close() throws Exception {
    System.clearProperty("dns.server");
    System.clearProperty("dns.search");
    ResolverConfig.refresh();
    server.close();
  }

  private static List<InetAddress> addresses(String host) throws Exception {
    return new DnsjavaLookup(Optional.empty(), DnsOptions.DEFAULT).ask(host).addresses();
  }

  @Test
  void serversOfTheSystemAreAskedWhereNoneIsNamed() throws Exception {
    assertEquals(List.of(ADDRESS), addresses("tenon-backend.search.test"));
  }

  @Test
  void searchDomainsAreTriedInTurn() throws Exception {
    assertEquals(List.of(ADDRESS), addresses("tenon-backend"));
  }

  @Test
  void inetAddressDoesNotAskDnsjava() {
    assertThrows(
        UnknownHostException.class, () -> InetAddress.getByName("tenon-backend.search.test"));
  }
}
