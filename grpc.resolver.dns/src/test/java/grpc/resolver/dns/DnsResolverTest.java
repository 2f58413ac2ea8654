package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.StatusCode;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(20)
class DnsResolverTest {
  private final FakeContext context = new FakeContext();
  private final AtomicInteger lookups = new AtomicInteger();

  private DnsResolver resolver(Lookup lookup) {
    return new DnsResolver(
        context,
        new HostPort("backend.test", 80),
        host -> {
          lookups.incrementAndGet();
          return lookup.addresses(host);
        },
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
    resolver(host -> found).start();
    assertEquals(
        List.of(new InetSocketAddress(found.get(0), 80), new InetSocketAddress(found.get(1), 80)),
        addresses(context.published.remove()));
  }

  @Test
  void hintsLookUpAgainNoSoonerThanThirtySecondsAfterTheLast() {
    var resolver = resolver(host -> List.of(InetAddress.getLoopbackAddress()));
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
  void namedServerIsAsked() throws Exception {
    try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> answer(socket));
      var server = "127.0.0.1:" + socket.getLocalPort();
      new DnsResolverProvider()
          .create(new Target("dns", server, "backend.test:7"), context)
          .start();
      assertEquals(
          List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 7)),
          addresses(context.published.take()));
    }
  }

  /** Answers backend.test with one A record, everything else with no such name. */
  private static void answer(DatagramSocket socket) {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[4096], 4096);
        socket.receive(packet);
        var query = new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
        var reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        var name = query.getQuestion().getName();
        if (!name.toString().equals("backend.test.")) {
          reply.getHeader().setRcode(Rcode.NXDOMAIN);
        } else if (query.getQuestion().getType() == Type.A) {
          var address = InetAddress.ofLiteral("192.0.2.7");
          reply.addRecord(new ARecord(name, DClass.IN, 60, address), Section.ANSWER);
        }
        byte[] wire = reply.toWire();
        socket.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      // the test is over
    }
  }
}
