package interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import interop.foreign.Behaviour;
import interop.foreign.ForeignServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** gRPC's cases of a server that misbehaves, played on Netty's HTTP/2. */
@Timeout(50)
class Http2CasesTest {
  private static void run(String name, String target) throws Exception {
    var soak = new Soak(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0, 0);
    try (var channel = GrpcChannel.open(target, ChannelCredentials.plaintext())) {
      TestCases.find(name).orElseThrow().run(Setup.to(target, channel, soak));
    }
  }

  private static void run(Behaviour behaviour, ForeignServer server) throws Exception {
    run(behaviour.testCase(), server.target());
  }

  @ParameterizedTest
  @EnumSource
  void passes(Behaviour behaviour) throws Exception {
    try (var server = behaviour.serve()) {
      run(behaviour, server);
    }
  }

  @Test
  void everyCaseIsPlayed() {
    assertEquals(
        TestCases.HTTP2.keySet(),
        Arrays.stream(Behaviour.values()).map(Behaviour::testCase).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rst_after_header", "rst_during_data", "rst_after_data"})
  void failsWhereTheServerAnswers(String name) {
    try (var server =
        GrpcServer.builder()
            .listen(0, ServerCredentials.plaintext())
            .service(new TestServer())
            .start()) {
      String target = "ipv4:127.0.0.1:" + server.port();
      var failure = assertThrows(AssertionError.class, () -> run(name, target));
      assertEquals("code: OK (expected: INTERNAL)", failure.getMessage());
    }
  }

  @Test
  void goAwayMakesTheNextCallTakeANewConnection() throws Exception {
    try (var server = Behaviour.GOAWAY.serve()) {
      run(Behaviour.GOAWAY, server);
      assertEquals(
          List.of(1, 1), server.connections().stream().map(c -> c.exchanges().size()).toList());
    }
  }

  @Test
  void everyPingIsAnsweredInItsOrder() throws Exception {
    try (var server = Behaviour.PING.serve()) {
      run(Behaviour.PING, server);
      var pongs = server.connections().getFirst().pongs();
      for (long payload = 1; payload <= 4; payload++) {
        assertEquals(payload, pongs.take());
      }
    }
  }

  @Test
  void noStreamIsOpenedBeyondTheOneThatIsAllowed() throws Exception {
    try (var server = Behaviour.MAX_STREAMS.serve()) {
      run(Behaviour.MAX_STREAMS, server);
      assertEquals(11, server.exchanges().size());
      assertEquals(List.of(), server.connections().getFirst().sent().resets());
    }
  }

  @Test
  void messageComesInTensOfThousandsOfPaddedFrames() throws Exception {
    try (var server = Behaviour.DATA_FRAME_PADDING.serve()) {
      run(Behaviour.DATA_FRAME_PADDING, server);
      var sent = server.connections().getFirst().sent();
      assertTrue(sent.padded() > 60_000, () -> sent.padded() + " of " + sent.data());
    }
  }
}
