package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.config.ResolverConfigProvider;

/** Lines of resolv.conf that cannot be used are passed over, with one warning each. */
class NameserverLinesTest {
  private static final InetSocketAddress GOOD = at("192.0.2.53");

  @TempDir private Path folder;
  private final AtomicLong clock = new AtomicLong();
  private final List<String> warnings = new ArrayList<>();
  private final OnceEach once = new OnceEach(warnings::add);

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 53);
  }

  private Path file(String lines) throws IOException {
    return Files.writeString(folder.resolve("resolv.conf"), lines);
  }

  private ResolvConf read(String lines) throws IOException {
    var reader = new ResolvConf(file(lines), once::warn);
    reader.initialize();
    once.endRound();
    return reader;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nameserver fe80::1%eth9",
        "nameserver fe80::1%nosuchinterface",
        "nameserver",
        "nameserver   ",
        "nameserver dns.example.test",
        "nameserver localhost",
        "nameserver 192.0.2.1:5353",
        "nameserver [2001:db8::1]:53",
        "nameserver 192.0.2.256",
        "nameserver 1.2.3.4.5",
        "nameserver 2001:db8:::1",
        "nameserver 2001:db8::1::",
        "nameserver %eth0",
        "nameserver \u00e4",
        "nameserver \u0000",
        "nameserver ,"
      })
  void lineThatCannotBeUsedIsPassedOver(String line) throws IOException {
    assertEquals(List.of(GOOD), read(line + "\nnameserver 192.0.2.53\n").servers());
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.getFirst().contains(line.strip()), warnings::toString);
    assertEquals(List.of(GOOD), read(line + "\nnameserver 192.0.2.53\n").servers());
    assertEquals(1, warnings.size(), warnings::toString);
  }

  @Test
  void badLinesDoNotCountAmongTheThreeThatAreHeeded() throws IOException {
    var bad = "nameserver fe80::1%eth9\n".repeat(3);
    var good = "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.53\n";
    assertEquals(List.of(at("192.0.2.1"), at("192.0.2.2"), GOOD), read(bad + good).servers());
  }

  @Test
  void otherLinesAreReadAsEver() throws IOException {
    var config =
        read(
            "# nameserver 192.0.2.1\n; nameserver 192.0.2.2\n\r\ndomain one.test\n"
                + "search two.test three.test\r\nnameserver\t2001:db8::1 # comment\n"
                + "options ndots:4 timeout:1\nsortlist 1.2.3.4\nnameservers 192.0.2.3\n");
    assertEquals(List.of(at("2001:db8::1")), config.servers());
    assertEquals(
        List.of(Name.fromString("two.test."), Name.fromString("three.test.")),
        config.searchPaths());
    assertEquals(4, config.ndots());
    assertEquals(List.of(), warnings);
  }

  @Test
  void thisMachineIsAskedWhereNoLineCanBeUsed() throws IOException {
    var file = file("nameserver fe80::1%eth9\nnameserver x\nsearch one.test\n");
    var config = new SystemConfig(clock::get, () -> List.of(new ResolvConf(file, once::warn)));
    var own = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);
    assertEquals(List.of(own), config.current().servers());
    assertEquals(List.of(Name.fromString("one.test.")), config.current().search().domains());
  }

  @Test
  void fileThatIsNotThereSaysNothing() {
    var config = new ResolvConf(folder.resolve("none"), once::warn);
    config.initialize();
    assertEquals(List.of(), config.servers());
    assertEquals(List.of(), warnings);
  }

  @Test
  void warningIsToldAgainOnceItsCauseHasBeenAway() throws IOException {
    read("nameserver x\n");
    read("nameserver 192.0.2.53\n");
    read("nameserver x\n");
    assertEquals(2, warnings.size(), warnings::toString);
  }

  private static final class Broken implements ResolverConfigProvider {
    private final boolean whenRead;

    Broken(boolean whenRead) {
      this.whenRead = whenRead;
    }

    @Override
    public void initialize() {
      if (whenRead) {
        throw new NullPointerException();
      }
    }

    @Override
    public List<InetSocketAddress> servers() {
      if (!whenRead) {
        throw new NullPointerException();
      }
      return List.of();
    }

    @Override
    public List<Name> searchPaths() {
      return List.of();
    }
  }

  @Test
  void sourceThatFailsOrNamesServersThatCannotBeFoundIsPassedOver() {
    var sources =
        List.of(
            new Broken(true),
            new Broken(false),
            new NamedServers(
                List.of(InetSocketAddress.createUnresolved("no.such.host.test", 53), GOOD)));
    var config = new SystemConfig(clock::get, () -> List.copyOf(sources));
    assertEquals(List.of(GOOD), config.current().servers());
  }
}
