package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
@ParameterizedClass
@EnumSource
class CallKindsTest {
  private static final Duration BRIEFLY = Duration.ofMillis(10);

  private final Link.Over over;

  CallKindsTest(Link.Over over) {
    this.over = over;
  }

  @Test
  void oneRequestHasOneResponse() {
    try (var link = over.open()) {
      var response = link.channel().unary(Echo.UNARY, bytes("hello"), CallOptions.DEFAULT);
      assertEquals("echo:hello", text(response.message()));
    }
  }

  @Test
  void oneRequestHasManyResponses() {
    try (var link = over.open();
        var responses =
            link.channel().serverStreaming(Echo.SPLIT, bytes("a b c"), CallOptions.DEFAULT)) {
      var parts = new ArrayList<String>();
      responses.forEach(part -> parts.add(text(part)));
      assertEquals("[a, b, c]", parts.toString());
    }
  }

  @Test
  void manyRequestsHaveOneResponse() {
    try (var link = over.open();
        var requests = link.channel().clientStreaming(Echo.JOIN, CallOptions.DEFAULT)) {
      for (String part : new String[] {"a", "b", "c"}) {
        assertTrue(requests.send(bytes(part)));
      }
      assertEquals("a b c", text(requests.finish()));
    }
  }

  @Test
  void manyRequestsMayWaitForTheHeaders() throws Exception {
    try (var link = over.open();
        var requests = link.channel().clientStreaming(Echo.GREET, CallOptions.DEFAULT)) {
      var headers = new FutureTask<>(requests::headers);
      var reader = Thread.startVirtualThread(headers);
      while (!reader.join(BRIEFLY) && reader.getState() != Thread.State.WAITING) {
        // it still runs
      }
      link.echo().go.countDown();
      assertEquals("welcome", headers.get(10, SECONDS).find(Echo.TEXT).orElseThrow());
      requests.send(bytes("an upload"));
      assertEquals("an upload", text(requests.finish()));
    }
  }

  @Test
  void bothSidesTalkInTurn() throws InterruptedException {
    try (var link = over.open();
        var chat = link.channel().bidiStreaming(Echo.CHAT, CallOptions.DEFAULT)) {
      for (int i = 0; i < 100; i++) {
        chat.send(bytes("n" + i));
        assertEquals("n" + i, text(chat.receive().orElseThrow()));
      }
      chat.halfClose();
      assertTrue(chat.receive().isEmpty());
      assertEquals("half-closed", link.echo().ends.take());
    }
  }

  @Test
  void metadataGoesBothWays() {
    try (var link = over.open()) {
      var options =
          CallOptions.DEFAULT
              .withMetadata(Echo.TEXT, "hello")
              .withMetadata(Echo.BINARY, new byte[] {0, 1, -1});
      var response = link.channel().unary(Echo.METADATA, bytes(""), options);
      assertEquals("header hello", response.headers().find(Echo.TEXT).orElseThrow());
      assertArrayEquals(new byte[] {0, 1, -1}, response.trailers().find(Echo.BINARY).orElseThrow());
    }
  }

  @Test
  void thrownStatusArrivesWithDetailsAndTrailers() {
    try (var link = over.open()) {
      var e = failure(link, Echo.FAIL);
      assertEquals(StatusCode.NOT_FOUND, e.code());
      assertEquals("no such thing", e.status().message());
      assertArrayEquals(new byte[] {1, 2, 3}, e.status().details());
      assertEquals("trailer", e.trailers().find(Echo.TEXT).orElseThrow());
    }
  }

  @Test
  void anyOtherExceptionIsUnknownAndKeepsItsSecrets() {
    try (var link = over.open()) {
      var e = failure(link, Echo.THROW);
      assertEquals(StatusCode.UNKNOWN, e.code());
      assertFalse(e.status().message().contains("secret"));
    }
  }

  @Test
  void unknownMethodIsNamed() {
    try (var link = over.open()) {
      var e = failure(link, Echo.UNKNOWN);
      assertEquals(StatusCode.UNIMPLEMENTED, e.code());
      assertEquals("unknown method Unknown of service test.Echo", e.status().message());
    }
  }

  @Test
  void failedStreamingCallThrowsFromItsFirstUse() {
    var unknown =
        MethodDescriptor.of(
            Echo.UNKNOWN.fullName(),
            MethodType.BIDI_STREAMING,
            byte[].class,
            byte[].class,
            Echo.UNKNOWN.codec());
    try (var link = over.open();
        var call = link.channel().call(unknown, CallOptions.DEFAULT)) {
      call.start();
      assertEquals(
          StatusCode.UNIMPLEMENTED, assertThrows(StatusException.class, call::receive).code());
    }
  }

  private static StatusException failure(
      Link link, grpc.api.MethodDescriptor<byte[], byte[]> method) {
    return assertThrows(
        StatusException.class, () -> link.channel().unary(method, bytes("x"), CallOptions.DEFAULT));
  }
}
