package grpc.observe.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JfrObserverTest {
  private static final MethodDescriptor<byte[], byte[]> ECHO = method("Echo", MethodType.UNARY);
  private static final MethodDescriptor<byte[], byte[]> FAIL = method("Fail", MethodType.UNARY);
  private static final MethodDescriptor<byte[], byte[]> UNKNOWN =
      method("Unknown", MethodType.UNARY);
  private static final MethodDescriptor<byte[], byte[]> CHAT =
      method("Chat", MethodType.BIDI_STREAMING);
  private static final String RETRY =
      """
      {"methodConfig": [{"name": [{"service": "test.Jfr", "method": "Fail"}], "retryPolicy": {
        "maxAttempts": 2, "initialBackoff": "0.001s", "maxBackoff": "0.001s",
        "backoffMultiplier": 1, "retryableStatusCodes": ["UNAVAILABLE"]}}]}\
      """;

  @TempDir private Path folder;

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.of("test.Jfr/" + name, type, byte[].class, byte[].class, "raw");
  }

  private static ServiceDefinition service() {
    return ServiceDefinition.builder("test.Jfr")
        .unary(ECHO, request -> request)
        .unary(
            FAIL,
            request -> {
              throw new StatusException(Status.unavailable("as always"));
            })
        .bidiStreaming(CHAT, (requests, responses) -> requests.forEach(responses::send))
        .build();
  }

  /** Makes one call of each method. */
  private static void calls() throws InterruptedException {
    var address = InProcessAddress.unique();
    try (var server =
        GrpcServer.builder()
            .listen(address, ServerCredentials.plaintext())
            .service(service())
            .start()) {
      try (var channel =
          GrpcChannel.builder(address, ChannelCredentials.plaintext())
              .defaultServiceConfig(RETRY)
              .open()) {
        channel.unary(ECHO, new byte[3], CallOptions.DEFAULT);
        try {
          channel.unary(FAIL, new byte[1], CallOptions.DEFAULT);
        } catch (StatusException e) {
          assertEquals("as always", e.status().message());
        }
        try {
          channel.unary(UNKNOWN, new byte[1], CallOptions.DEFAULT);
        } catch (StatusException e) {
          assertEquals(StatusCode.UNIMPLEMENTED, e.code());
        }
        try (var chat = channel.bidiStreaming(CHAT, CallOptions.DEFAULT)) {
          chat.send(new byte[5]);
          chat.send(new byte[6]);
          chat.halfClose();
          chat.trailers();
        }
      }
      assertTrue(server.shutdown(Duration.ofSeconds(20)));
    }
  }

  private List<RecordedEvent> recorded() throws Exception {
    var file = folder.resolve("calls.jfr");
    try (var recording = new Recording()) {
      recording.start();
      calls();
      recording.stop();
      recording.dump(file);
    }
    assertTrue(Files.size(file) > 0);
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> of(List<RecordedEvent> events, String name, String method) {
    return events.stream()
        .filter(e -> e.getEventType().getName().equals("grpc." + name))
        .filter(e -> !e.hasField("method") || e.getString("method").equals("test.Jfr/" + method))
        .sorted(Comparator.comparing(RecordedEvent::getStartTime)) // a file is in no order
        .toList();
  }

  @Test
  void callsAttemptsAndConnectionsAreRecorded() throws Exception {
    var events = recorded();

    var echo = of(events, "ClientCall", "Echo").getFirst();
    assertEquals("OK", echo.getString("status"));
    assertEquals(1, echo.getInt("attempts"));
    assertEquals(3, echo.getLong("bytesSent"));
    assertEquals(3, echo.getLong("wireBytesReceived"));

    var fail = of(events, "ClientCall", "Fail").getFirst();
    assertEquals("UNAVAILABLE", fail.getString("status"));
    assertEquals("as always", fail.getString("message"));
    assertEquals(2, fail.getInt("attempts"));
    var attempts = of(events, "Attempt", "Fail");
    assertEquals(List.of(0, 1), attempts.stream().map(e -> e.getInt("previousAttempts")).toList());
    assertTrue(attempts.getFirst().getString("address").contains("inprocess"));
    assertEquals(1, of(events, "Attempt", "Echo").size());
    var pick = of(events, "Pick", "Echo").getFirst();
    assertTrue(pick.getString("address").contains("inprocess"));
    assertTrue(pick.getDuration().isPositive());

    assertEquals(2, of(events, "ServerCall", "Fail").size());
    var refused = of(events, "ServerCall", "Unknown").getFirst();
    assertEquals("UNIMPLEMENTED", refused.getString("status"));
    assertTrue(refused.getString("message").contains("unknown method Unknown"));
    var chat = of(events, "ServerCall", "Chat").getFirst();
    assertEquals("OK", chat.getString("status"));
    assertEquals(2, chat.getInt("messagesReceived"));
    assertEquals(11, chat.getLong("bytesSent"));

    for (boolean ofServer : new boolean[] {false, true}) {
      assertEquals(
          List.of(true, false),
          of(events, "Connection", "").stream()
              .filter(e -> e.getString("target").isEmpty() == ofServer)
              .map(e -> e.getBoolean("open"))
              .toList());
    }
  }

  @Test
  void withoutARecordingCallsAreNotLookedAt() {
    var observer = new JfrObserver();
    assertEquals(grpc.spi.observe.CallObserver.NONE, observer.clientCall(ECHO, "target"));
  }
}
