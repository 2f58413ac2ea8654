package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallCredentials;
import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.PeerSecurity;
import grpc.api.SecurityLevel;
import grpc.api.ServerCallGate;
import grpc.api.ServerCallGate.Decision;
import grpc.api.ServerCredentials;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.credentials.ConnectionDetails;
import grpc.spi.credentials.Security;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that wants a token gets it with every call, over connections that protect it. */
@Timeout(30)
class CallCredentialsTest {
  private static final MetadataKey<String> TOKEN = MetadataKey.text("authorization");
  private static final Security PRIVATE =
      new Security.Plain(PeerSecurity.of(SecurityLevel.PRIVACY_AND_INTEGRITY));

  private final AtomicInteger asked = new AtomicInteger();
  private final CallCredentials token =
      attempt -> {
        asked.incrementAndGet();
        return Metadata.of(TOKEN, "for " + attempt.audience());
      };

  /** Credentials for a network that protects its connections by other means. */
  private record Trusted() implements ChannelSecurity {
    @Override
    public int defaultPort() {
      return 80;
    }

    @Override
    public Security connect(ConnectionDetails connection) {
      return PRIVATE;
    }
  }

  private static ServerCallGate wanting(String token) {
    return call ->
        call.metadata().all(TOKEN).equals(List.of(token))
            ? Decision.admit()
            : Decision.refuse(
                Status.of(StatusCode.PERMISSION_DENIED, "got " + call.metadata().all(TOKEN)));
  }

  @Test
  void callsOfEveryKindCarryTheToken() throws Exception {
    try (var link = Link.open(s -> s.gate(wanting("for https://a.example/test.Echo")), c -> c)) {
      var channel = link.channel();
      var options = CallOptions.DEFAULT.withAuthority("a.example").withCallCredentials(token);
      assertEquals("echo:a", text(channel.unary(Echo.UNARY, bytes("a"), options).message()));
      assertEquals("echo:a", text(channel.unaryAsync(Echo.UNARY, bytes("a"), options).get()));
      try (var parts = channel.serverStreaming(Echo.SPLIT, bytes("a b"), options)) {
        assertEquals(2, parts.stream().count());
      }
      try (var parts = channel.clientStreaming(Echo.JOIN, options)) {
        parts.send(bytes("a"));
        parts.finish();
      }
      try (var chat = channel.bidiStreaming(Echo.CHAT, options)) {
        chat.send(bytes("a"));
        chat.halfClose();
        assertEquals(1, chat.stream().count());
      }
      assertEquals(5, asked.get());
      var without = CallOptions.DEFAULT;
      var e =
          assertThrows(StatusException.class, () -> channel.unary(Echo.UNARY, bytes("a"), without));
      assertEquals("PERMISSION_DENIED: got []", e.getMessage());
    }
  }

  @Test
  void plaintextConnectionDoesNotGetTheToken() {
    try (var link = Link.overTcp()) {
      var options = CallOptions.DEFAULT.withCallCredentials(token);
      var e =
          assertThrows(
              StatusException.class, () -> link.channel().unary(Echo.UNARY, bytes("a"), options));
      assertEquals(StatusCode.UNAUTHENTICATED, e.code());
      assertEquals(0, asked.get());
    }
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Link.overTcp(s -> s, c -> c.callCredentials(new Secret())));
    assertEquals(
        "call credentials integration.CallCredentialsTest$Secret require PRIVACY_AND_INTEGRITY, and"
            + " ChannelCredentials.plaintext() gives NONE (expected: channel credentials that"
            + " protect the connections, or credentials that override requiredSecurity() because"
            + " they add no secret)",
        refused.getMessage());
  }

  private record Secret() implements CallCredentials {
    @Override
    public Metadata metadata(Attempt attempt) {
      return Metadata.of(TOKEN, "secret");
    }
  }

  @Test
  void channelWithTrustedConnectionsSendsItsTokenWithEveryCall() {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server =
            GrpcServer.builder()
                .listen(loopback, ServerCredentials.plaintext())
                .gate(wanting("secret"))
                .service(new Echo("e").definition())
                .start();
        var channel =
            GrpcChannel.builder("ipv4:127.0.0.1:" + server.port(), new Trusted())
                .callCredentials(new Secret())
                .open()) {
      for (int i = 0; i < 2; i++) {
        assertEquals(
            "e:a", text(channel.unary(Echo.UNARY, bytes("a"), CallOptions.DEFAULT).message()));
      }
    }
  }
}
