package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.credentials.ConnectionDetails;
import grpc.spi.credentials.Security;
import grpc.spi.credentials.ServerSecurity;
import grpc.testing.FakeTransport;
import grpc.transport.inprocess.InProcessAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every channel and every address of a server has the credentials that it is given. */
@Timeout(30)
class CredentialsTest {
  private record Own(int defaultPort) implements ChannelSecurity, ServerSecurity {
    @Override
    public Security connect(ConnectionDetails connection) {
      return new Security.Refuse("not today");
    }

    @Override
    public Security accept(ConnectionDetails connection) {
      return new Security.Refuse("not today");
    }
  }

  private static int portOf(ChannelCredentials credentials) throws InterruptedException {
    var transport = new FakeTransport();
    var runtime = GrpcRuntime.builder().layer(ModuleLayer.boot()).add(transport).build();
    var builder = GrpcChannel.builder("passthrough:///somewhere", credentials).runtime(runtime);
    try (var channel = builder.transport(transport.name()).open()) {
      channel.connect();
      var address = transport.nextConnection().address().socketAddress();
      return ((InetSocketAddress) address).getPort();
    }
  }

  @Test
  void aTargetWithoutAPortHasThatOfTheCredentials() throws Exception {
    assertEquals(80, portOf(ChannelCredentials.plaintext()));
    assertEquals(443, portOf(new Own(443)));
  }

  private static String call(int port, ChannelCredentials credentials) {
    try (var channel = GrpcChannel.open("ipv4:127.0.0.1:" + port, credentials)) {
      return text(channel.unary(Echo.UNARY, bytes("a"), CallOptions.DEFAULT).message());
    } catch (StatusException e) {
      return e.status().toString();
    }
  }

  @Test
  void eachAddressOfAServerHasItsOwn() throws Exception {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server =
        GrpcServer.builder()
            .listen(loopback, new Own(1))
            .listen(loopback, ServerCredentials.plaintext())
            .service(new Echo("e").definition())
            .start()) {
      var ports = server.addresses().stream().map(a -> ((InetSocketAddress) a).getPort()).toList();
      assertEquals("e:a", call(ports.getLast(), ChannelCredentials.plaintext()));
      var refused = call(ports.getFirst(), ChannelCredentials.plaintext());
      assertTrue(refused.startsWith("UNAVAILABLE: "), refused);
      assertEquals(
          "UNAVAILABLE: credentials Own[defaultPort=1], for the connection to /127.0.0.1:%d: not today"
              .formatted(ports.getLast()),
          call(ports.getLast(), new Own(1)));
    }
  }

  @Test
  void inProcessTakesPlaintextOnly() {
    var address = InProcessAddress.unique();
    var server = GrpcServer.builder().listen(address, new Own(1));
    var e = assertThrows(IllegalArgumentException.class, server::start);
    assertEquals(
        "transport inprocess: credentials Own[defaultPort=1] for "
            + address
            + " (expected: plaintext, which never leaves the process)",
        e.getMessage());
  }
}
