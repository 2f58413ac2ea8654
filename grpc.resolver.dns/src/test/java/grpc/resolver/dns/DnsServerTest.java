package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.resolver.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** What is asked of a server, and what is made of its answers. */
@Timeout(30)
class DnsServerTest {
  private static final InetAddress V4 = InetAddress.ofLiteral("192.0.2.7");
  private static final InetAddress V6 = InetAddress.ofLiteral("2001:db8::7");

  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    server = DnsServer.start(0);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private Answer ask(DnsOptions options) throws Exception {
    return answers(options).getLast();
  }

  private List<Answer> answers(DnsOptions options) throws Exception {
    var answers = new ArrayList<Answer>();
    new DnsjavaLookup(Optional.of(HostPort.parse(server.authority(), 53)), options)
        .ask("backend.test", answers::add);
    return answers;
  }

  private Answer ask() throws Exception {
    return ask(DnsOptions.DEFAULT);
  }

  private static Name name(String text) throws IOException {
    return Name.fromString(text);
  }

  private static Record a(String name, InetAddress address, long ttl) throws IOException {
    return new ARecord(name(name), DClass.IN, ttl, address);
  }

  private static Record aaaa(String name, InetAddress address, long ttl) throws IOException {
    return new AAAARecord(name(name), DClass.IN, ttl, address);
  }

  private static Record txt(List<String> strings) throws IOException {
    return new TXTRecord(name("_grpc_config.backend.test."), DClass.IN, 60, strings);
  }

  @Test
  void bothFamiliesAreFoundAndTheShortestTtl() throws Exception {
    server.with(a("backend.test.", V4, 60), aaaa("backend.test.", V6, 5));
    var answer = ask();
    assertEquals(List.of(V4, V6), answer.addresses());
    assertEquals(Duration.ofSeconds(5), answer.ttl());
    assertEquals(Optional.of(List.of()), answer.texts());
  }

  @Test
  void aliasIsFollowed() throws Exception {
    server.with(
        new CNAMERecord(name("backend.test."), DClass.IN, 60, name("real.test.")),
        a("real.test.", V4, 60));
    assertEquals(List.of(V4), ask().addresses());
  }

  @Test
  void textsAreReadAndTheirStringsJoined() throws Exception {
    server.with(
        a("backend.test.", V4, 60), txt(List.of("grpc_config=[", "{}]")), txt(List.of("v=spf1")));
    assertEquals(Optional.of(List.of("grpc_config=[{}]", "v=spf1")), ask().texts());
  }

  @Test
  void textsAreNotAskedForWhereNotWanted() throws Exception {
    server.with(a("backend.test.", V4, 60), txt(List.of("grpc_config=[]")));
    assertEquals(Optional.of(List.of()), ask(DnsOptions.DEFAULT.withServiceConfig(false)).texts());
  }

  @Test
  void textsThatTheServerFailsToTellAreNotKnown() throws Exception {
    server.with(a("backend.test.", V4, 60));
    server.failing("_grpc_config.backend.test.", Rcode.SERVFAIL);
    var answer = ask();
    assertEquals(List.of(V4), answer.addresses());
    assertEquals(Optional.empty(), answer.texts());
  }

  @Test
  void noSuchNameIsTold() {
    failsWith("A: no such name (NXDOMAIN), AAAA: no such name (NXDOMAIN)", DnsOptions.DEFAULT);
  }

  @Test
  void nameWithoutAddressesIsTold() throws Exception {
    server.with(new TXTRecord(name("backend.test."), DClass.IN, 60, "x"));
    failsWith("no A record, no AAAA record", DnsOptions.DEFAULT);
  }

  @Test
  void serverFailureIsTold() {
    server.failing("backend.test.", Rcode.SERVFAIL);
    failsWith("127.0.0.1:" + server.port() + " answered SERVFAIL", DnsOptions.DEFAULT);
  }

  @Test
  void silentServerIsGivenUpInTime() {
    server.silent();
    long start = System.nanoTime();
    failsWith(
        "backend.test. has no address: A: ",
        DnsOptions.DEFAULT.withTimeout(Duration.ofMillis(300)));
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
  }

  @Test
  void truncatedAnswerIsAskedForAgainOverTcp() throws Exception {
    server.truncating().with(a("backend.test.", V4, 60));
    assertEquals(List.of(V4), ask().addresses());
    assertTrue(server.overTcp.get() >= 1);
  }

  @Test
  void manyAddressesComeWhole() throws Exception {
    server.truncating();
    for (int i = 0; i < 200; i++) {
      server.with(a("backend.test.", InetAddress.ofLiteral("192.0.2." + i), 60));
    }
    assertEquals(200, ask().addresses().size());
  }

  @Test
  void serverThatDiesAndReturnsIsAskedAgain() throws Exception {
    server.with(a("backend.test.", V4, 60));
    assertEquals(List.of(V4), ask().addresses());
    int port = server.port();
    var brief = DnsOptions.DEFAULT.withTimeout(Duration.ofMillis(300));
    var lookup = new DnsjavaLookup(Optional.of(new HostPort("127.0.0.1", port)), brief);
    server.close();
    assertThrows(IOException.class, () -> lookup.ask("backend.test", answer -> {}));
    server = DnsServer.start(port).with(aaaa("backend.test.", V6, 60));
    assertEquals(List.of(V6), ask().addresses());
  }

  @Test
  void lookupMayTakeThirtySecondsWhereNothingIsChosen() {
    assertEquals(Duration.ofSeconds(30), DnsOptions.DEFAULT.timeout());
  }

  private void failsWith(String message, DnsOptions options) {
    var e = assertThrows(IOException.class, () -> ask(options));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
