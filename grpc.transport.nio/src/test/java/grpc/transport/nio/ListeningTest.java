package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.ServerTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Addresses that are listened on, and what is said of those that cannot be. */
@ExtendWith(LeakCheck.class)
class ListeningTest {
  @TempDir private Path folder;
  private final NioTransportProvider provider = new NioTransportProvider();

  private ServerTransport serve(SocketAddress address) throws IOException {
    return provider.listen(
        address,
        ServerWire.options(Keepalive.SERVER_DEFAULT, ServerWire.ANY_PINGS, ConnectionAge.UNLIMITED),
        new EchoServer());
  }

  private String refusal(SocketAddress address) {
    return assertThrows(IOException.class, () -> serve(address).close()).getMessage();
  }

  private void assertAnswers(SocketAddress address) throws Exception {
    try (var client = TestClient.connect(provider, address)) {
      assertTrue(client.unary("/t.Echo/Unary", new byte[3]).end().status().isOk());
    }
  }

  @Test
  void aPortInUseAndAnAddressOfOthersAreToldApart() throws Exception {
    try (var server = serve(new InetSocketAddress("127.0.0.1", 0))) {
      String inUse = refusal(server.localAddress());
      assertTrue(inUse.contains("is another process listening there?"), inUse);
    }
    String foreign = refusal(new InetSocketAddress("192.0.2.1", 0)); // RFC 5737
    assertTrue(foreign.contains("is not one of this machine's"), foreign);
    String unknown = refusal(InetSocketAddress.createUnresolved("nowhere.invalid", 7));
    assertEquals(
        "cannot listen on nowhere.invalid:7: unknown host; give an address or a name of this"
            + " machine, or a port alone for all of its addresses",
        unknown);
  }

  @Test
  void aSocketFileIsRemovedByTheServerThatMadeItOnly() throws Exception {
    Path path = folder.resolve("socket");
    var address = UnixDomainSocketAddress.of(path);
    ServerTransport first = serve(address);
    ServerTransport successor;
    try (first) {
      Files.move(path, folder.resolve("former")); // whoever deploys has made room for a successor
      successor = serve(address);
    }
    try (successor) {
      assertTrue(Files.exists(path));
      assertAnswers(successor.localAddress());
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void aSocketFileThatAKilledServerLeftIsReplaced() throws Exception {
    Path path = folder.resolve("socket");
    var address = UnixDomainSocketAddress.of(path);
    try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(address);
    } // which leaves the file
    assertTrue(Files.exists(path));
    try (var server = serve(address)) {
      assertAnswers(address);
      String taken = refusal(address);
      assertTrue(taken.contains("another process listens there"), taken);
      assertAnswers(address);
      assertEquals(address, server.localAddress());
    }
  }

  @Test
  void whatIsNoSocketIsLeftAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("notes"), "precious");
    String refused = refusal(UnixDomainSocketAddress.of(file));
    assertTrue(refused.contains("a file is there that is no socket"), refused);
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void pathsThatCannotBeAreExplained() {
    String missing = refusal(UnixDomainSocketAddress.of(folder.resolve("none").resolve("socket")));
    assertTrue(missing.contains("there is no directory " + folder.resolve("none")), missing);
    String tooLong = refusal(UnixDomainSocketAddress.of(folder.resolve("x".repeat(120))));
    assertTrue(tooLong.contains("expected: at most 107"), tooLong);
  }
}
