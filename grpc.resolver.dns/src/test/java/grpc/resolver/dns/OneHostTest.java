package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.resolver.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** All that is answered is of one name: with search domains, and with a hosts file. */
@Timeout(30)
class OneHostTest {
  private static final InetAddress V4 = InetAddress.ofLiteral("192.0.2.7");
  private static final InetAddress V6 = InetAddress.ofLiteral("2001:db8::7");

  @TempDir private Path folder;
  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    server = DnsServer.start(0);
    System.setProperty("dns.server", server.authority());
    System.setProperty("dns.search", "one.test,two.test");
  }

  @AfterEach
  void close() throws Exception {
    System.clearProperty("dns.server");
    System.clearProperty("dns.search");
    server.close();
  }

  private static Record a(String name) throws IOException {
    return new ARecord(Name.fromString(name), DClass.IN, 60, V4);
  }

  private static Record aaaa(String name) throws IOException {
    return new AAAARecord(Name.fromString(name), DClass.IN, 60, V6);
  }

  private static Record config(String host) throws IOException {
    var name = Name.fromString("_grpc_config." + host);
    return new TXTRecord(name, DClass.IN, 60, "grpc_config of " + host);
  }

  private void hosts(String lines) throws IOException {
    Files.writeString(folder.resolve("hosts"), lines);
  }

  private Answer ask(Optional<HostPort> named, DnsOptions options, String host) throws Exception {
    var answers = new ArrayList<Answer>();
    new DnsjavaLookup(
            named,
            options,
            new HostsFile(folder.resolve("hosts")),
            new SystemConfig(System::nanoTime))
        .ask(host, answers::add);
    return answers.getLast();
  }

  private Answer ask(String host) throws Exception {
    return ask(Optional.empty(), DnsOptions.DEFAULT, host);
  }

  private void fails(String host, DnsOptions options, String message) {
    var e = assertThrows(IOException.class, () -> ask(Optional.empty(), options, host));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void domainWithAnAddressOfEitherFamilyHasThemAll() throws Exception {
    server.with(a("db.one.test."), aaaa("db.two.test."), config("db.two.test."), config("db."));
    var answer = ask("db");
    assertEquals(List.of(V4), answer.addresses());
    assertEquals(Optional.of(List.of()), answer.texts());
  }

  @Test
  void configIsOfTheDomainThatHasTheHost() throws Exception {
    server.with(config("db.one.test."), a("db.two.test."), aaaa("db."), config("db.two.test."));
    var answer = ask("db");
    assertEquals(List.of(V4), answer.addresses());
    assertEquals(Optional.of(List.of("grpc_config of db.two.test.")), answer.texts());
  }

  @Test
  void domainWhereTheHostHasNoAddressIsPassedOver() throws Exception {
    server.with(new TXTRecord(Name.fromString("db.one.test."), DClass.IN, 60, "no address"));
    server.with(aaaa("db.two.test."));
    assertEquals(List.of(V6), ask("db").addresses());
  }

  @Test
  void namedServerIsAskedInOneDomainToo() throws Exception {
    server.with(a("db.one.test."), aaaa("db.two.test."));
    var named = Optional.of(HostPort.parse(server.authority(), 53));
    assertEquals(List.of(V4), ask(named, DnsOptions.DEFAULT, "db").addresses());
  }

  @Test
  void failureOfADomainsServersDoesNotLeadToTheNext() throws Exception {
    server.failing("db.one.test.", Rcode.SERVFAIL).with(a("db.two.test."));
    fails(
        "db",
        DnsOptions.DEFAULT,
        "db.one.test. has no address: A: 127.0.0.1:" + server.port() + " answered SERVFAIL");
  }

  @Test
  void silenceOfADomainsServersDoesNotLeadToTheNext() throws Exception {
    server.ignoring("db.one.test.").with(a("db.two.test."));
    fails("db", DnsOptions.DEFAULT.withTimeout(Duration.ofMillis(300)), "db.one.test. has no");
    assertTrue(
        server.asked.stream().allMatch(q -> q.endsWith("db.one.test.")), server.asked::toString);
  }

  @Test
  void allNamesThatWereTriedAreTold() {
    fails(
        "db",
        DnsOptions.DEFAULT,
        "db.one.test. has no address: A: no such name (NXDOMAIN), AAAA: no such name (NXDOMAIN);"
            + " db.two.test. has no address: A: no such name (NXDOMAIN), AAAA: no such name"
            + " (NXDOMAIN); db. has no address: ");
  }

  @Test
  void hostOfTheHostsFileIsNotLookedForInDns() throws Exception {
    hosts("127.0.0.1 api.example.test");
    server.with(a("api.example.test."), aaaa("api.example.test."));
    server.with(aaaa("api.example.test.one.test."), config("api.example.test."));
    var answer = ask("api.example.test");
    assertEquals(List.of(InetAddress.ofLiteral("127.0.0.1")), answer.addresses());
    assertEquals(Optional.of(List.of("grpc_config of api.example.test.")), answer.texts());
    assertEquals(
        List.of("TXT _grpc_config.api.example.test."), server.asked.stream().distinct().toList());
  }

  @Test
  void hostOfTheHostsFileHasAllItsLines() throws Exception {
    hosts("192.0.2.1 db\n192.0.2.2 db\n::1 db\n");
    assertEquals(
        List.of("192.0.2.1", "192.0.2.2", "::1"),
        ask("db").addresses().stream()
            .map(address ->
                address.equals(InetAddress.ofLiteral("::1")) ? "::1" : address.getHostAddress())
            .toList());
  }

  @Test
  void hostsFileKnowsNoDomains() throws Exception {
    hosts("127.0.0.1 db.one.test");
    server.with(a("db.one.test."));
    assertEquals(List.of(V4), ask("db").addresses());
  }

  @Test
  void localhostIsAskedOfNobody() throws Exception {
    server.with(a("localhost.one.test."), a("api.localhost."), a("localhost."));
    for (String host : List.of("localhost", "LOCALHOST.", "api.localhost")) {
      assertTrue(ask(host).addresses().getFirst().isLoopbackAddress(), host);
    }
    assertEquals(List.of(), List.copyOf(server.asked));
  }

  @Test
  void hostThatIsNoNameIsTold() {
    fails("a..b", DnsOptions.DEFAULT, "host name \"a..b\": ");
    assertThrows(IOException.class, () -> ask("a.".repeat(127) + "a"));
  }
}
