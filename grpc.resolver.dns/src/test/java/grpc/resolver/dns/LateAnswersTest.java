package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.resolver.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;

/** What is held back by a server does not hold back the rest (RFC 8305 §3). */
@Timeout(60)
class LateAnswersTest {
  private static final InetAddress V4 = InetAddress.ofLiteral("192.0.2.7");
  private static final InetAddress V6 = InetAddress.ofLiteral("2001:db8::7");
  private static final String A = "A backend.test.";
  private static final String AAAA = "AAAA backend.test.";
  private static final String TXT = "TXT _grpc_config.backend.test.";

  private final CountDownLatch late = new CountDownLatch(1);
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    var name = Name.fromString("backend.test.");
    var config = Name.fromString("_grpc_config.backend.test.");
    server =
        DnsServer.start(0)
            .with(
                new ARecord(name, DClass.IN, 60, V4),
                new AAAARecord(name, DClass.IN, 5, V6),
                new TXTRecord(config, DClass.IN, 60, "text"));
  }

  @AfterEach
  void close() throws Exception {
    late.countDown();
    server.close();
  }

  /** Ends as the lookup does. */
  private CompletableFuture<Void> ask(DnsOptions options) {
    var lookup = new DnsjavaLookup(Optional.of(HostPort.parse(server.authority(), 53)), options);
    var over = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            lookup.ask("backend.test", answers::add);
            over.complete(null);
          } catch (IOException | InterruptedException | RuntimeException e) {
            over.completeExceptionally(e);
          }
        });
    return over;
  }

  private Answer first() throws InterruptedException {
    return answers.take();
  }

  /** The last answer; one before it may have told a part. */
  private Answer last(CompletableFuture<Void> lookup) {
    lookup.join();
    Answer last = null;
    for (var next = answers.poll(); next != null; next = answers.poll()) {
      last = next;
    }
    return last;
  }

  @Test
  void addressesOfOneFamilyAreToldWhileTheOtherIsLate() throws Exception {
    server.holding(AAAA, late);
    var lookup = ask(DnsOptions.DEFAULT);
    assertEquals(
        new Answer(
            List.of(V4),
            Duration.ofSeconds(60),
            Optional.of(List.of("text")),
            Optional.of(Family.V6)),
        first());
    late.countDown();
    assertEquals(
        new Answer(List.of(V4, V6), Duration.ofSeconds(5), Optional.of(List.of("text"))),
        last(lookup));
  }

  @Test
  void addressesOfIpv6AreToldWhileThoseOfIpv4AreLate() throws Exception {
    server.holding(A, late);
    var lookup = ask(DnsOptions.DEFAULT);
    var first = first();
    assertEquals(List.of(V6), first.addresses());
    assertEquals(Optional.of(Family.V4), first.missing());
    late.countDown();
    assertEquals(List.of(V4, V6), last(lookup).addresses());
  }

  @Test
  void addressesAreToldWhileTheConfigIsLate() throws Exception {
    server.holding(TXT, late);
    var lookup = ask(DnsOptions.DEFAULT);
    assertEquals(Optional.empty(), first().texts());
    late.countDown();
    assertEquals(Optional.of(List.of("text")), last(lookup).texts());
  }

  @Test
  void familyThatIsNeverAnsweredIsGivenUpWithTheLookup() throws Exception {
    server.holding(AAAA, late);
    var lookup = ask(DnsOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)));
    assertEquals(List.of(V4), first().addresses());
    lookup.join();
    late.countDown();
    assertTrue(answers.stream().allMatch(answer -> answer.addresses().equals(List.of(V4))));
  }

  @Test
  void familyWithoutAddressesWaitsForTheOther() throws Exception {
    server.close();
    server = DnsServer.start(0).holding(AAAA, late);
    var name = Name.fromString("backend.test.");
    server.with(
        new TXTRecord(name, DClass.IN, 60, "no A record"), new AAAARecord(name, DClass.IN, 5, V6));
    var lookup = ask(DnsOptions.DEFAULT.withServiceConfig(false));
    server.awaitAsked(A);
    assertNull(answers.peek());
    late.countDown();
    assertEquals(List.of(V6), last(lookup).addresses());
  }

  @Test
  void nameThatDoesNotExistWaitsForNoOtherFamily() throws Exception {
    server.close();
    server = DnsServer.start(0).holding(AAAA, late);
    long start = System.nanoTime();
    var lookup = ask(DnsOptions.DEFAULT);
    var e = assertThrows(Exception.class, lookup::join);
    assertTrue(e.getMessage().contains("NXDOMAIN"), e::getMessage);
    long took = System.nanoTime() - start;
    assertTrue(took < Duration.ofSeconds(5).toNanos(), () -> took / 1_000_000 + " ms");
  }

  @Test
  void bothFamiliesThatAreNeverAnsweredFailInTime() {
    server.silent();
    var lookup = ask(DnsOptions.DEFAULT.withTimeout(Duration.ofMillis(500)));
    var e = assertThrows(Exception.class, lookup::join);
    assertTrue(e.getMessage().contains("did not answer"), e::getMessage);
    assertNull(answers.peek());
  }
}
