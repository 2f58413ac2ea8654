package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.Settings;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Header lists larger than what the peer says it takes (RFC 9113 §6.5.2). */
class HeaderListSizeTest extends ServerWire {
  private static final MetadataKey<String> BIG = MetadataKey.text("x-big");
  private static final int LIMIT = 400;

  private static Metadata metadata(int size) {
    return Metadata.builder().add(BIG, "b".repeat(size)).build();
  }

  private MockPeer limitedClient() throws Exception {
    return client(Settings.MAX_HEADER_LIST_SIZE, LIMIT);
  }

  @Test
  void aRequestTooLargeForTheServerFailsHereAndLeavesNoTrace() throws Exception {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = TestClient.connecting(time.provider, listener.getLocalSocketAddress());
        var peer = MockPeer.server(listener, Settings.MAX_HEADER_LIST_SIZE, LIMIT)) {
      client.awaitReady();
      var end = client.start("/t.Echo/Unary", metadata(LIMIT)).end();
      // :method :scheme :path :authority te content-type user-agent x-big, 32 more for each
      assertEquals(
          Status.resourceExhausted(
              "the request's headers of 778 bytes are larger than the server's limit of 400 bytes"),
          end.status());
      assertEquals(Progress.PROCESSED, end.progress(), "another try would be in vain");
      client.start("/t.Echo/Unary");
      peer.expectSoon("HEADERS 1 :method=POST");
    }
  }

  @Test
  void grpcJavasServerIsSparedWhatItWouldNotTake() throws Exception {
    try (var grpcJava = new GrpcJava.Echo(10);
        var client = TestClient.connect(time.provider, grpcJava.address())) {
      var end = client.start("/t.Echo/Unary", metadata(9_000)).end();
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, end.status().code());
      assertTrue(end.status().message().endsWith("limit of 8192 bytes"), end.toString());
      var call = client.unary("/t.Echo/Unary", new byte[1]);
      assertTrue(call.end().status().isOk());
    }
  }

  @Test
  void responseHeadersTooLargeForTheClientBecomeAStatus() throws Exception {
    try (var peer = limitedClient()) {
      for (String method : new String[] {"Unary", "Bidi"}) {
        int stream = method.equals("Unary") ? 1 : 3;
        peer.request(stream, false, "/t.Echo/" + method, "x-big", "b".repeat(LIMIT));
        peer.message(stream, true, 3).play();
        String line = peer.expectSoon("HEADERS " + stream + " END_STREAM :status=200");
        assertTrue(line.contains(" grpc-status=8 grpc-message=the response's headers of "), line);
        assertTrue(line.endsWith(" larger than the client's limit of 400 bytes"), line);
      }
      expectAnswer(peer, 5);
    }
  }

  private static void answerApart(ServerStream stream) throws InterruptedException {
    stream.sendHeaders(EchoServer.headers(Metadata.EMPTY));
    stream.send(stream.receive().orElseThrow());
    stream.close(Status.OK, metadata(LIMIT));
  }

  @Test
  void trailersTooLargeForTheClientBecomeAStatus() throws Exception {
    echo.on(
        "/t.Echo/Whole",
        Dispatch.WHEN_WHOLE,
        stream ->
            stream.respond(
                EchoServer.headers(Metadata.EMPTY),
                stream.receive().orElseThrow(),
                metadata(LIMIT)));
    echo.on("/t.Echo/Apart", Dispatch.WHEN_WHOLE, HeaderListSizeTest::answerApart);
    echo.on(
        "/t.Echo/Only",
        Dispatch.WHEN_WHOLE,
        stream -> stream.close(Status.notFound("no"), metadata(LIMIT)));
    try (var peer = limitedClient()) {
      int stream = 1;
      for (String method : new String[] {"Whole", "Apart", "Only"}) {
        peer.request(stream, false, "/t.Echo/" + method).message(stream, true, 3).play();
        if (!method.equals("Only")) {
          peer.expectSoon("HEADERS " + stream + " :status=200");
          peer.expectSoon("DATA " + stream + " 8");
        }
        String line = peer.expectSoon("HEADERS " + stream + " END_STREAM");
        assertTrue(
            line.contains(
                method.equals("Only")
                    ? "grpc-status=5 grpc-message=no [cut, trailers left out]"
                    : "grpc-status=8 grpc-message=the response's trailers of "),
            line);
        stream += 2;
      }
      expectAnswer(peer, stream);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 0, [cut]", "1000, 60, [cut]", "1, 1000, '[cut, details left out]'"})
  void aFailureTooLargeForTheClientKeepsItsCode(int message, int details, String mark)
      throws Exception {
    var status = Status.notFound("ä".repeat(message)).withDetails(new byte[details]);
    echo.on("/t.Echo/Fail", Dispatch.WHEN_WHOLE, stream -> stream.close(status, Metadata.EMPTY));
    try (var peer = limitedClient()) {
      peer.request(1, false, "/t.Echo/Fail").message(1, true, 3).play();
      String line = peer.expectSoon("HEADERS 1 END_STREAM");
      assertTrue(line.contains("grpc-status=5 grpc-message=%C3%A4"), line);
      assertTrue(line.contains(mark), line);
      assertEquals(details == 60, line.contains("grpc-status-details-bin"), line);
      expectAnswer(peer, 3);
    }
  }

  @Test
  void trailersTooLargeBehindDataThatWaitsBecomeAStatus() throws Exception {
    echo.on("/t.Echo/Apart", Dispatch.WHEN_WHOLE, HeaderListSizeTest::answerApart);
    try (var peer = client(Settings.MAX_HEADER_LIST_SIZE, LIMIT, Settings.INITIAL_WINDOW_SIZE, 0)) {
      peer.request(1, false, "/t.Echo/Apart").message(1, true, 3).play();
      peer.expectSoon(OK_HEADERS);
      peer.windowUpdate(1, 100).play();
      peer.expectSoon("DATA 1 8");
      peer.expectSoon("HEADERS 1 END_STREAM grpc-status=8");
    }
  }

  @Test
  void grpcJavasClientGetsTheStatus() throws Exception {
    echo.on("/t.Echo/Big", Dispatch.WHEN_WHOLE, stream -> stream.close(Status.OK, metadata(9_000)));
    var channel = GrpcJava.channel(server.localAddress());
    try {
      var method = GrpcJava.method("Big", MethodType.UNARY);
      var thrown =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, new byte[1]));
      assertEquals(io.grpc.Status.Code.RESOURCE_EXHAUSTED, thrown.getStatus().getCode());
      assertTrue(
          String.valueOf(thrown.getStatus().getDescription()).contains("limit of 8192 bytes"),
          thrown.toString());
    } finally {
      channel.shutdownNow();
      assertTrue(channel.awaitTermination(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }
}
