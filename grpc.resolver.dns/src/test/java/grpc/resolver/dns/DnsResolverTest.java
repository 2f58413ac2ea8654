package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.resolver.HostPort;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import grpc.spi.schedule.Backoff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;

@Timeout(20)
class DnsResolverTest {
  private final FakeContext context = new FakeContext();
  private final AtomicInteger lookups = new AtomicInteger();

  /** A lookup that has one answer. */
  private interface Once {
    Answer ask(String host) throws IOException, InterruptedException;
  }

  private DnsResolver resolver(Once lookup) {
    return resolver(lookup, Optional.empty());
  }

  private DnsResolver resolver(Once lookup, Optional<Duration> refresh) {
    return looking((host, found) -> found.accept(lookup.ask(host)), refresh);
  }

  private DnsResolver looking(Lookup lookup, Optional<Duration> refresh) {
    return new DnsResolver(
        context,
        new HostPort("backend.test", 80),
        (host, found) -> {
          lookups.incrementAndGet();
          lookup.ask(host, found);
        },
        new ConfigChooser(() -> "host1", 0),
        refresh,
        new Backoff(() -> 0.5),
        Runnable::run);
  }

  private static List<InetSocketAddress> addresses(ResolverState state) {
    return assertInstanceOf(ResolverState.Resolved.class, state).endpoints().stream()
        .map(e -> (InetSocketAddress) e.addresses().getFirst().socketAddress())
        .toList();
  }

  @Test
  void eachAddressIsAnEndpoint() {
    var found = List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
    resolver(host -> new Answer(found, Duration.ZERO, Optional.empty())).start();
    assertEquals(
        List.of(new InetSocketAddress(found.get(0), 80), new InetSocketAddress(found.get(1), 80)),
        addresses(context.published.remove()));
  }

  @Test
  void hintsLookUpAgainNoSoonerThanThirtySecondsAfterTheLast() {
    var resolver = resolver(host -> answer(60));
    resolver.start();
    context.advance(Duration.ofSeconds(10));
    resolver.resolveNow();
    resolver.resolveNow();
    assertEquals(1, lookups.get());
    context.advance(Duration.ofSeconds(19));
    assertEquals(1, lookups.get());
    context.advance(Duration.ofSeconds(1));
    assertEquals(2, lookups.get());
    context.advance(Duration.ofSeconds(31));
    resolver.resolveNow();
    assertEquals(3, lookups.get());
  }

  @Test
  void failuresAreRepeatedWithBackoff() {
    var resolver =
        resolver(host -> {
          throw new IOException("no answer");
        });
    resolver.start();
    var failed = assertInstanceOf(ResolverState.Failed.class, context.published.remove());
    assertEquals(StatusCode.UNAVAILABLE, failed.status().code());
    context.advance(Duration.ofSeconds(1));
    assertEquals(2, lookups.get());
    context.advance(Duration.ofMillis(1599));
    assertEquals(2, lookups.get());
    context.advance(Duration.ofMillis(1));
    assertEquals(3, lookups.get());
    resolver.close();
    context.advance(Duration.ofMinutes(10));
    assertEquals(3, lookups.get());
  }

  @Test
  void literalsResolveAtOnceAndPortDefaults() {
    var provider = new DnsResolverProvider();
    provider.create(new Target("dns", "", "[::1]:5"), context).start();
    provider.create(new Target("dns", "", "127.0.0.1"), context).start();
    assertEquals(
        List.of(new InetSocketAddress(InetAddress.ofLiteral("::1"), 5)),
        addresses(context.published.remove()));
    assertEquals(
        List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 443)),
        addresses(context.published.remove()));
  }

  @Test
  void literalIsResolvedForGood() {
    var resolver = new DnsResolverProvider().create(new Target("dns", "", "192.0.2.1:5"), context);
    resolver.start();
    context.published.remove();
    resolver.resolveNow();
    context.advance(Duration.ofHours(1));
    assertEquals(0, context.published.size());
  }

  @Test
  void malformedTargetSaysWhatIsExpected() {
    var target = new Target("dns", "", "host:99999");
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new DnsResolverProvider().create(target, context));
    assertTrue(e.getMessage().contains("dns://server:port/host:port"), e.getMessage());
  }

  @Test
  void localhostNeedsNoServer() throws Exception {
    new DnsResolverProvider().create(new Target("dns", "", "localhost:1"), context).start();
    assertTrue(addresses(context.published.take()).getFirst().getAddress().isLoopbackAddress());
  }

  @Test
  void namedServerIsAskedForAddressesAndConfig() throws Exception {
    var host = Name.fromString("backend.test.");
    var config = Name.fromString("_grpc_config.backend.test.");
    var text = "grpc_config=[{\"serviceConfig\": {\"a\": 1}}]";
    try (var server = DnsServer.start(0)) {
      server.with(
          new ARecord(host, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.7")),
          new TXTRecord(config, DClass.IN, 60, text));
      new DnsResolverProvider()
          .create(new Target("dns", server.authority(), "backend.test:7"), context)
          .start();
      var state = context.published.take();
      assertEquals(
          List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 7)), addresses(state));
      assertEquals(Optional.of("{\"a\":1}"), config(state));
    }
  }

  private static Optional<String> config(ResolverState state) {
    return assertInstanceOf(ResolverState.Resolved.class, state).serviceConfigJson();
  }

  private static Answer answer(long ttlSeconds) {
    return new Answer(
        List.of(InetAddress.getLoopbackAddress()),
        Duration.ofSeconds(ttlSeconds),
        Optional.of(List.of()));
  }

  private static Answer answer(Optional<List<String>> texts) {
    return new Answer(List.of(InetAddress.getLoopbackAddress()), Duration.ofSeconds(60), texts);
  }

  @Test
  void ttlStartsTheNextLookupWhereWanted() {
    var resolver = resolver(host -> answer(60), Optional.of(Duration.ofSeconds(5)));
    resolver.start();
    context.advance(Duration.ofSeconds(59));
    assertEquals(1, lookups.get());
    context.advance(Duration.ofSeconds(1));
    assertEquals(2, lookups.get());
    context.advance(Duration.ofSeconds(60));
    assertEquals(3, lookups.get());
    resolver.close();
    context.advance(Duration.ofSeconds(600));
    assertEquals(3, lookups.get());
  }

  @Test
  void ttlStartsNothingWhereNotWanted() {
    resolver(host -> answer(60), Optional.empty()).start();
    context.advance(Duration.ofHours(1));
    assertEquals(1, lookups.get());
  }

  @Test
  void ttlOfZeroWaitsForTheLeastTime() {
    resolver(host -> answer(0), Optional.of(Duration.ofSeconds(5))).start();
    context.advance(Duration.ofMillis(4999));
    assertEquals(1, lookups.get());
    context.advance(Duration.ofMillis(1));
    assertEquals(2, lookups.get());
  }

  @Test
  void hintDoesNotPutOffTheRefreshNorDoubleIt() {
    var resolver = resolver(host -> answer(10), Optional.of(Duration.ofSeconds(5)));
    resolver.start();
    context.advance(Duration.ofSeconds(4));
    resolver.resolveNow();
    context.advance(Duration.ofSeconds(6));
    assertEquals(2, lookups.get());
    context.advance(Duration.ofSeconds(9));
    assertEquals(2, lookups.get());
  }

  @Test
  void hintBeforeALongTtlKeepsToThirtySeconds() {
    var resolver = resolver(host -> answer(600), Optional.of(Duration.ofSeconds(5)));
    resolver.start();
    resolver.resolveNow();
    context.advance(Duration.ofSeconds(30));
    assertEquals(2, lookups.get());
    context.advance(Duration.ofSeconds(599));
    assertEquals(2, lookups.get());
    context.advance(Duration.ofSeconds(1));
    assertEquals(3, lookups.get());
  }

  @Test
  void configThatIsNotKnownAnyLongerStays() {
    var texts = new ArrayDeque<Optional<List<String>>>();
    texts.add(Optional.of(List.of("grpc_config=[{\"serviceConfig\":{}}]")));
    texts.add(Optional.empty());
    texts.add(Optional.of(List.of()));
    resolver(host -> answer(texts.remove()), Optional.of(Duration.ofSeconds(60))).start();
    context.advance(Duration.ofSeconds(60));
    for (int i = 0; i < 2; i++) {
      assertEquals(Optional.of("{}"), config(context.published.remove()));
    }
    context.advance(Duration.ofSeconds(60));
    assertEquals(Optional.empty(), config(context.published.remove()));
  }

  @Test
  void malformedConfigIsToldWithTheEndpoints() {
    resolver(host -> answer(Optional.of(List.of("grpc_config={}"))), Optional.empty()).start();
    var bad = assertInstanceOf(ResolverState.BadServiceConfig.class, context.published.remove());
    assertEquals(1, bad.endpoints().size());
    assertTrue(bad.problem().contains("expected: a list of choices"), bad::problem);
    context.advance(Duration.ofHours(1));
    assertEquals(1, lookups.get(), "the channel can do with it");
  }

  @Test
  void malformedConfigThatTheChannelCannotDoWithIsLookedUpAgainWithBackoff() {
    context.verdict = Status.unavailable("no config");
    resolver(host -> answer(Optional.of(List.of("grpc_config={}"))), Optional.empty()).start();
    context.advance(Duration.ofSeconds(1));
    assertEquals(2, lookups.get());
  }

  @Test
  void resetBackoffLooksUpAtOnceWhatHasFailed() {
    var resolver =
        resolver(host -> {
          throw new IOException("no answer");
        });
    resolver.start();
    for (int millis : new int[] {1000, 1600, 2560}) {
      context.advance(Duration.ofMillis(millis));
    }
    assertEquals(4, lookups.get());
    resolver.resetBackoff();
    assertEquals(5, lookups.get());
    context.advance(Duration.ofMillis(999));
    assertEquals(5, lookups.get());
    context.advance(Duration.ofMillis(1));
    assertEquals(6, lookups.get(), "the delay is the shortest again");
  }

  @Test
  void resetBackoffLooksUpAtOnceWhatWaitsForItsTurn() {
    var resolver = resolver(host -> answer(60));
    resolver.resetBackoff();
    assertEquals(0, lookups.get(), "it has not begun");
    resolver.start();
    resolver.resetBackoff();
    assertEquals(2, lookups.get());
    resolver.resolveNow();
    resolver.resetBackoff();
    assertEquals(3, lookups.get());
    context.advance(Duration.ofHours(1));
    assertEquals(3, lookups.get(), "the hint is answered");
    resolver.close();
    resolver.resetBackoff();
    assertEquals(3, lookups.get());
  }

  @Test
  void resolutionThatTheChannelRefusesIsRepeatedWithBackoff() {
    context.verdict = Status.unavailable("no use");
    resolver(host -> answer(60), Optional.empty()).start();
    context.advance(Duration.ofSeconds(1));
    assertEquals(2, lookups.get());
    context.verdict = Status.OK;
    context.advance(Duration.ofMillis(1600));
    assertEquals(3, lookups.get());
    context.advance(Duration.ofHours(1));
    assertEquals(3, lookups.get());
  }

  private static final InetAddress V4 = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress V6 = InetAddress.ofLiteral("2001:db8::1");
  private static final Duration TTL = Duration.ofSeconds(60);

  private static Answer part(InetAddress address) {
    return new Answer(
        List.of(address),
        TTL,
        Optional.of(List.of()),
        Optional.of(address.equals(V4) ? Family.V6 : Family.V4));
  }

  private static Answer whole(InetAddress... addresses) {
    return new Answer(List.of(addresses), TTL, Optional.of(List.of()));
  }

  private static InetSocketAddress at(InetAddress address) {
    return new InetSocketAddress(address, 80);
  }

  private List<List<InetSocketAddress>> allPublished() {
    return context.published.stream().map(DnsResolverTest::addresses).toList();
  }

  @Test
  void familyThatComesLateIsPublishedAsAnUpdate() {
    looking(
            (host, found) -> {
              found.accept(part(V6));
              found.accept(whole(V4, V6));
            },
            Optional.empty())
        .start();
    assertEquals(List.of(List.of(at(V6)), List.of(at(V4), at(V6))), allPublished());
  }

  @Test
  void lateAnswerThatBringsNothingNewIsNotPublished() {
    looking(
            (host, found) -> {
              found.accept(part(V4));
              found.accept(whole(V4));
            },
            Optional.empty())
        .start();
    assertEquals(List.of(List.of(at(V4))), allPublished());
  }

  @Test
  void familyThatIsLateKeepsItsAddressesUntilItIsKnown() {
    var resolver =
        looking(
            (host, found) -> {
              if (lookups.get() == 1) {
                found.accept(whole(V4, V6));
              } else {
                found.accept(part(lookups.get() == 2 ? V4 : V6));
                found.accept(whole(V4));
              }
            },
            Optional.empty());
    resolver.start();
    for (int i = 0; i < 2; i++) {
      context.advance(Duration.ofSeconds(30));
      resolver.resolveNow();
    }
    assertEquals(
        List.of(
            List.of(at(V4), at(V6)),
            List.of(at(V4), at(V6)),
            List.of(at(V4)),
            List.of(at(V4), at(V6)),
            List.of(at(V4))),
        allPublished());
  }

  @Test
  void configThatComesLateIsPublishedAsAnUpdate() {
    looking(
            (host, found) -> {
              found.accept(answer(Optional.empty()));
              found.accept(
                  answer(Optional.of(List.of("grpc_config=[{\"serviceConfig\":{\"a\":1}}]"))));
            },
            Optional.empty())
        .start();
    assertEquals(Optional.empty(), config(context.published.remove()));
    assertEquals(Optional.of("{\"a\":1}"), config(context.published.remove()));
  }

  @Test
  void lookupThatIsStillWaitingIsHeardUntilTheNextBegins() {
    var waiting = new ArrayDeque<Runnable>();
    var resolver =
        looking(
            (host, found) -> {
              found.accept(part(V4));
              waiting.add(() -> found.accept(whole(V4, V6)));
            },
            Optional.empty());
    resolver.start();
    assertEquals(List.of(at(V4)), addresses(context.published.remove()));
    resolver.resolveNow();
    context.advance(Duration.ofSeconds(29));
    waiting.getFirst().run();
    assertEquals(List.of(at(V4), at(V6)), addresses(context.published.remove()));
    context.advance(Duration.ofSeconds(1));
    assertEquals(2, lookups.get(), "the hint has not been lost");
    assertEquals(List.of(at(V4), at(V6)), addresses(context.published.remove()));
    waiting.remove().run();
    assertEquals(0, context.published.size(), "the first lookup is over");
    resolver.close();
    waiting.remove().run();
    assertEquals(0, context.published.size());
  }

  @Test
  void errorOfALookupIsAFailureLikeOthers() {
    looking(
            (host, found) -> {
              throw new NoClassDefFoundError("org/xbill/DNS/Name");
            },
            Optional.empty())
        .start();
    var failed = assertInstanceOf(ResolverState.Failed.class, context.published.remove());
    assertTrue(failed.status().message().contains("org/xbill/DNS/Name"), failed::toString);
    context.advance(Duration.ofSeconds(1));
    assertEquals(2, lookups.get());
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> DnsOptions.DEFAULT.withTimeout(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> DnsOptions.DEFAULT.withRefreshAtTtl(Duration.ZERO));
  }
}
