package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/**
 * What the system's configuration does, put in the place of resolv.conf by dnsjava's properties.
 */
@Timeout(30)
class SystemServersTest {
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.7");

  private static final DnsOptions BRIEF = DnsOptions.DEFAULT.withTimeout(Duration.ofSeconds(2));

  @TempDir private Path folder;
  private final AtomicLong clock = new AtomicLong();
  private final SystemConfig system = new SystemConfig(clock::get);
  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    var name = Name.fromString("tenon-backend.search.test.");
    server = DnsServer.start(0).with(new ARecord(name, DClass.IN, 60, ADDRESS));
    System.setProperty("dns.server", server.authority());
    System.setProperty("dns.search", "other.test,search.test");
  }

  @AfterEach
  void close() throws Exception {
    System.clearProperty("dns.server");
    System.clearProperty("dns.search");
    server.close();
  }

  private List<InetAddress> addresses(String host) throws Exception {
    var answers = new ArrayList<Answer>();
    new DnsjavaLookup(Optional.empty(), BRIEF, HostsFile.system(), system).ask(host, answers::add);
    return answers.getLast().addresses();
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
  void serversThatTheSystemChangesToAreAsked() throws Exception {
    assertEquals(List.of(ADDRESS), addresses("tenon-backend"));
    try (var next = DnsServer.start(0)) {
      var name = Name.fromString("tenon-backend.next.test.");
      var elsewhere = InetAddress.ofLiteral("192.0.2.8");
      next.with(new ARecord(name, DClass.IN, 60, elsewhere));
      server.close();
      System.setProperty("dns.server", next.authority());
      System.setProperty("dns.search", "next.test");
      clock.addAndGet(SystemConfig.FRESH.toNanos() - 1);
      assertThrows(IOException.class, () -> addresses("tenon-backend"));
      clock.addAndGet(1);
      assertEquals(List.of(elsewhere), addresses("tenon-backend"));
    }
  }

  @Test
  void changeOfResolvConfIsReadByTheChannels() throws Exception {
    var file = Files.writeString(folder.resolve("resolv.conf"), "nameserver 192.0.2.53\n");
    System.clearProperty("dns.server");
    System.clearProperty("dns.search");
    var config = new SystemConfig(clock::get, file);
    assertEquals("192.0.2.53", config.current().servers().getFirst().getHostString());
    Files.writeString(file, "nameserver 192.0.2.54\nsearch a.test b.test\noptions ndots:3\n");
    clock.addAndGet(SystemConfig.FRESH.toNanos());
    assertEquals("192.0.2.54", config.current().servers().getFirst().getHostString());
    assertEquals(2, config.current().search().domains().size());
    assertEquals(3, config.current().search().ndots());
    Files.writeString(file, "nameserver 192.0.2.54\nsearch a.test\n");
    clock.addAndGet(SystemConfig.FRESH.toNanos());
    assertEquals(1, config.current().search().domains().size());
    assertEquals(1, config.current().search().ndots(), "the option is gone");
  }

  @Test
  void thisMachineIsAskedWhereNothingIsConfigured() {
    var config = new SystemConfig(clock::get, List::of);
    var servers = config.current().servers();
    assertEquals(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53)), servers);
  }

  @Test
  void inetAddressDoesNotAskDnsjava() {
    assertThrows(
        UnknownHostException.class, () -> InetAddress.getByName("tenon-backend.search.test"));
  }
}
