package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.BidiStreamingCall;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.api.ConnectivityState;
import grpc.api.Server;
import grpc.api.ServerCredentials;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a policy calls on its connections itself, over TCP. */
@Timeout(30)
class CallsOfPoliciesTest {
  private final DirectCallPolicy policy = new DirectCallPolicy();
  private final Echo one = new Echo("one");
  private final Echo other = new Echo("other");
  private final List<Server> servers = new ArrayList<>();
  private final List<GrpcChannel> channels = new ArrayList<>();

  @AfterEach
  void close() {
    channels.forEach(GrpcChannel::close);
    servers.forEach(Server::close);
  }

  private GrpcChannel open(Duration idleTimeout, Echo... echoes) {
    for (var echo : echoes) {
      servers.add(
          GrpcServer.builder()
              .listen(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  ServerCredentials.plaintext())
              .service(echo.definition())
              .start());
    }
    var addresses = servers.stream().map(s -> "127.0.0.1:" + s.port());
    var channel =
        GrpcChannel.builder(
                "ipv4:" + addresses.collect(Collectors.joining(",")),
                ChannelCredentials.plaintext())
            .runtime(GrpcRuntime.builder().layer(ModuleLayer.boot()).add(policy).build())
            .balancingPolicy(DirectCallPolicy.POLICY)
            .idleTimeout(idleTimeout)
            .open();
    channels.add(channel);
    channel.connect();
    return channel;
  }

  private static BidiStreamingCall<byte[], byte[]> chat(Channel direct) {
    var chat = direct.bidiStreaming(Echo.CHAT, CallOptions.DEFAULT);
    chat.send(bytes("begun"));
    assertEquals("begun", text(chat.receive().orElseThrow()));
    return chat;
  }

  @Test
  void eachConnectionAsksItsOwnServer() throws Exception {
    open(Duration.ZERO, one, other);
    var answers = new HashSet<String>();
    for (var direct : List.of(policy.ready.take(), policy.ready.take())) {
      String first = text(direct.unary(Echo.UNARY, bytes("you?"), CallOptions.DEFAULT).message());
      String again = text(direct.unary(Echo.UNARY, bytes("you?"), CallOptions.DEFAULT).message());
      assertEquals(first, again);
      answers.add(first);
    }
    assertEquals(Set.of("one:you?", "other:you?"), answers);
  }

  @Test
  void streamKeepsNoChannelFromGoingIdle() throws Exception {
    var channel = open(Duration.ofSeconds(1), one);
    try (var chat = chat(policy.ready.take())) {
      var end = assertThrows(StatusException.class, chat::receive);
      assertEquals(StatusCode.UNAVAILABLE, end.code());
      assertTrue(end.status().message().endsWith(" was shut down"), end::toString);
    }
    assertEquals("CANCELLED", one.ends.take());
    while (!channel.state().equals(ConnectivityState.IDLE)) {
      channel.awaitChange(channel.state(), Duration.ofSeconds(10));
    }
  }

  @Test
  void streamKeepsNoServerFromDraining() throws Exception {
    open(Duration.ZERO, one);
    try (var chat = chat(policy.ready.take())) {
      servers.getFirst().drain();
      var end = assertThrows(StatusException.class, chat::receive);
      assertEquals(StatusCode.UNAVAILABLE, end.code());
    }
    servers.getFirst().await();
  }

  @Test
  void streamKeepsNoChannelFromShuttingDown() throws Exception {
    var channel = open(Duration.ZERO, one);
    try (var chat = chat(policy.ready.take())) {
      assertTrue(channel.shutdown(Duration.ofSeconds(20)));
      assertEquals(
          StatusCode.UNAVAILABLE, assertThrows(StatusException.class, chat::receive).code());
    }
  }
}
