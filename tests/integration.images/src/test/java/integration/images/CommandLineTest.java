package integration.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launchers say, and above all how they say what is wrong: one line and an exit code. */
@Timeout(50)
class CommandLineTest {
  /** One line that starts like this, and no output. */
  private static void fails(int exit, String start, String image, String launcher, String... flags)
      throws Exception {
    var result = Launcher.run(image, launcher, flags);
    assertTrue(result.errors().startsWith(start), result.errors());
    assertEquals(1, result.errors().lines().count(), result.errors());
    assertEquals(exit, result.exit());
    assertEquals("", result.output());
  }

  private static void clientFails(String line, String... flags) throws Exception {
    fails(1, "greeter-client: " + line, "greeter", "greeter-client", flags);
  }

  @ParameterizedTest
  @CsvSource({
    "greeter, greeter-server, --grace SECONDS",
    "greeter, greeter-server, --plugins DIR",
    "greeter, greeter-server, --service-config JSON|FILE",
    "greeter, greeter-client, --target TARGET",
    "greeter, greeter-client, --plugins DIR",
    "greeter, greeter-client, --service-config JSON|FILE",
    "interop, interop-server, --plugins DIR",
    "interop, interop-client, --plugins DIR",
    "interop, interop-server, --port N",
    "interop, interop-client, --test_case CASE",
    "interop, interop-soak, --duration SECONDS",
    "bench, bench-server, --inline",
    "bench, bench-client, --mode unary|bidi|stream"
  })
  void helpNamesTheFlags(String image, String launcher, String flag) throws Exception {
    var result = Launcher.run(image, launcher, "--help");
    assertEquals(0, result.exit());
    assertEquals("", result.errors());
    assertTrue(result.output().startsWith(launcher + ": "), result.output());
    assertTrue(result.output().contains("  " + flag), result.output());
  }

  @ParameterizedTest
  @CsvSource({
    "greeter, greeter-client, '[grpc.balancer.pickfirst, grpc.balancer.roundrobin,"
        + " grpc.codec.gzip, grpc.codec.protobuf, grpc.kernel, grpc.resolver.dns,"
        + " grpc.transport.nio]'",
    "interop, interop-server, '[grpc.balancer.pickfirst, grpc.codec.gzip, grpc.codec.protobuf,"
        + " grpc.kernel, grpc.resolver.dns, grpc.transport.nio, interop]'",
    "bench, bench-server, '[grpc.balancer.pickfirst, grpc.codec.protobuf, grpc.kernel,"
        + " grpc.transport.nio]'"
  })
  void modulesAreJustThoseThatTheImageNames(String image, String launcher, String modules)
      throws Exception {
    var result = Launcher.run(image, launcher, "--modules");
    assertEquals(0, result.exit());
    assertEquals("", result.errors());
    var found = new TreeSet<String>();
    for (String line : result.output().lines().toList()) {
      var columns = line.split(" +", -1);
      assertEquals(4, columns.length, line);
      found.add(columns[2]);
    }
    assertEquals(modules, found.toString());
  }

  @Test
  void unknownFlagIsWrongUsage() throws Exception {
    fails(
        2,
        "greeter-server: unknown argument --prot; see greeter-server --help",
        "greeter",
        "greeter-server",
        "--prot",
        "1");
  }

  @Test
  void missingTargetIsWrongUsage() throws Exception {
    fails(
        2,
        "greeter-client: --target TARGET is missing; see greeter-client --help",
        "greeter",
        "greeter-client");
  }

  @ParameterizedTest
  @CsvSource({"interop-server", "interop-client --test_case=all"})
  void thereIsNoTlsYet(String command) throws Exception {
    var parts = command.split(" ", 2);
    var flags =
        parts.length == 1 ? new String[] {"--use_tls=true"} : new String[] {parts[1], "--use_tls"};
    fails(
        2,
        parts[0] + ": --use_tls=true (expected: false; there is no TLS yet); see ",
        "interop",
        parts[0],
        flags);
  }

  @ParameterizedTest
  @CsvSource({"greeter, greeter-server", "interop, interop-server", "bench, bench-server"})
  void portInUseIsSaid(String image, String launcher) throws Exception {
    try (var taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      fails(
          1,
          launcher
              + ": the server cannot start: cannot listen on 0.0.0.0/0.0.0.0:"
              + port
              + ": Address already in use; is another process listening there?",
          image,
          launcher,
          "--port",
          port);
    }
  }

  @Test
  void unknownSchemeNamesThoseThatAreThere() throws Exception {
    clientFails(
        "no resolver for scheme 'zookeeper': add a module that provides it"
            + " (found: dns, ipv4, ipv6, passthrough, unix, unix-abstract)",
        "--target",
        "zookeeper:///x");
  }

  @Test
  void schemeWithNoModuleYetIsSaid() throws Exception {
    clientFails(
        "no resolver for scheme 'xds': there is no module for it yet"
            + " (found: dns, ipv4, ipv6, passthrough, unix, unix-abstract)",
        "--target",
        "xds:///x");
  }

  @Test
  void unknownPolicyNamesThoseThatAreThere() throws Exception {
    clientFails(
        "no balancer for policy 'fastest': add a module that provides it (found: ",
        "--target",
        "localhost:1",
        "--policy",
        "fastest");
  }

  @Test
  void unknownCompressorNamesThoseThatAreThere() throws Exception {
    clientFails(
        "no compressor for 'br': add a module that provides it (found: gzip)",
        "--target",
        "localhost:1",
        "--compression",
        "br");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ipv4:localhost:1 | target \"ipv4:localhost:1\": \"localhost\" is no IPv4 address",
        "ipv4:127.0.0.1:99999 | target \"ipv4:127.0.0.1:99999\": address \"127.0.0.1:99999\" (exp",
        "dns:///localhost:http | target \"dns:localhost:http\": address \"localhost:http\""
            + " (expected",
        "dns:///%zz | target \"dns:///%zz\": malformed percent-encoding (expected: % and two hex",
        "dns:/// | target \"dns:\": address \"\" (expected: host, host:port, [v6]",
        "'' | target \"\" (expected: host:port, or scheme://authority/endpoint)"
      })
  void unparsableTargetIsQuoted(String target, String start) throws Exception {
    clientFails(start, "--target", target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ipv4:127.0.0.1:1 | connection to /127.0.0.1:1 failed: Connection refused",
        "passthrough:///nowhere.invalid:1 | cannot connect to nowhere.invalid/<unresolved>:1:"
            + " unknown host",
        "unix:///no/such/socket | connection to /no/such/socket failed: "
      })
  void whoeverWaitsForAServerIsToldWhy(String target, String reason) throws Exception {
    var result = Launcher.run("greeter", "greeter-client", "--target", target, "--timeout", "1");
    assertEquals(1, result.exit());
    assertEquals(1, result.errors().lines().count(), result.errors());
    assertTrue(
        result.errors().startsWith("greeter-client: DEADLINE_EXCEEDED: no answer from "),
        result.errors());
    assertTrue(
        result.errors().contains("within 1000 ms; no connection: " + reason), result.errors());
  }

  @Test
  void callThatDoesNotWaitFailsAtOnce() throws Exception {
    fails(
        1,
        "empty_unary failed: grpc.api.StatusException: UNAVAILABLE: connection to /127.0.0.1:1"
            + " failed: Connection refused",
        "interop",
        "interop-client",
        "--server_host=127.0.0.1",
        "--server_port=1",
        "--test_case=empty_unary");
  }
}
