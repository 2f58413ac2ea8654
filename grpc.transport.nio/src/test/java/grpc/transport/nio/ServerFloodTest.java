package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.FrameType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Peers that make a server work for nothing. */
class ServerFloodTest extends ServerWire {
  @Test
  void pingsAndSettingsThatAreReadAreAllAnswered() throws IOException {
    try (var peer = client()) {
      for (int i = 0; i < 100; i++) {
        for (int n = 0; n < 200; n++) {
          peer.ping(n, false).settings();
        }
        peer.play();
        for (int n = 0; n < 200; n++) {
          peer.expect("PING ACK").expect("SETTINGS ACK");
        }
      }
      expectAnswer(peer, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"PING, 8", "SETTINGS, 0", "SETTINGS, 6"})
  void framesWhoseAnswersAreNotReadAreReadNoFurther(FrameType type, int length) throws Exception {
    try (var peer = client()) {
      int size = 9 + length;
      byte[] flood = new byte[size * 10_000];
      for (int at = 0; at < flood.length; at += size) {
        flood[at + 2] = (byte) length;
        flood[at + 3] = (byte) type.code();
      }
      assertTrue(peer.writesUntilStuck(flood), "the server reads on and on");
      for (int i = 0; i < 100; i++) { // on a busy machine it has not read all that it will
        time.advance(Duration.ofSeconds(20)); // enough is enough
      }
      time.advance(Duration.ofSeconds(1)); // nor does it reads its GOAWAY
      server.drain();
      assertTrue(server.awaitClosed(Duration.ofSeconds(TestClient.PATIENCE_SECONDS)));
    }
  }

  @Test
  void emptyDataIsCountedAndEnds() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Collect");
      for (int i = 0; i < 2_000; i++) {
        peer.data(1, false);
      }
      peer.play();
      peer.expectSoon("GOAWAY 1 ENHANCE_YOUR_CALM");
    }
  }

  @Test
  void aMessageInSingleBytesIsCountedAndEnds() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Collect");
      byte[] message = FrameScript.prefixed(2_000);
      for (byte b : message) {
        peer.data(1, false, b);
      }
      peer.play();
      peer.expectSoon("GOAWAY 1 ENHANCE_YOUR_CALM: DATA in tiny pieces");
    }
  }

  @Test
  void paddingAloneIsGivenBackAndCountedAndEnds() throws IOException {
    try (var peer = client()) {
      fillWindow(peer.request(1, false, "/t.Echo/Unary"));
      String line;
      int frames = 0;
      do {
        sendPadding(peer, false);
        line = peer.next();
        frames++;
      } while (line.equals("WINDOW_UPDATE 1 256") && frames < 2_000);
      assertTrue(line.startsWith("GOAWAY 1 ENHANCE_YOUR_CALM: DATA in tiny pieces"), line);
    }
  }

  @Test
  void smallMessagesAreWelcomeEvenWithTheirPrefixApart() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Collect").play();
      for (int i = 0; i < 5_000; i++) {
        peer.message(1, false, 1).message(1, false, 0);
        peer.data(1, false, new byte[] {0, 0, 0, 0, 1}).data(1, false, new byte[1]).play();
      }
      peer.data(1, true).play();
      peer.expectSoon("HEADERS 1 :status=200");
      peer.expectSoon("DATA 1 9");
      assertEquals(10_000, ByteBuffer.wrap(peer.payload()).getInt(5));
    }
  }

  @Test
  void aLargeMessageInSmallPiecesIsWelcome() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Collect").play();
      byte[] message = FrameScript.prefixed(200_000);
      for (int at = 0; at < message.length; at += 32) {
        peer.data(1, false, Arrays.copyOfRange(message, at, Math.min(message.length, at + 32)));
        peer.play();
      }
      peer.data(1, true).play();
      peer.expectSoon("HEADERS 1 :status=200");
    }
  }

  @Test
  void aFrameThatArrivesByteByByteIsOneFrame() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Unary").play();
      peer.message(1, true, 10_000).playByteByByte();
      peer.expectSoon("HEADERS 1 :status=200");
    }
  }

  @Test
  void prioritiesAndUnknownFramesAreCountedAndEnd() throws IOException {
    try (var peer = client()) {
      for (int i = 0; i < 1_000; i++) {
        peer.frame(0x77, 0, 0).frame(FrameType.PRIORITY.code(), 0, 1, new byte[5]);
      }
      peer.play();
      peer.expectSoon("GOAWAY 0 ENHANCE_YOUR_CALM");
    }
  }

  @Test
  void continuationWithoutEndEnds() throws IOException {
    try (var peer = client()) {
      peer.frame(FrameType.HEADERS.code(), 0, 1);
      for (int i = 0; i < 100; i++) {
        peer.frame(FrameType.CONTINUATION.code(), 0, 1);
      }
      peer.play();
      peer.expectSoon("GOAWAY 0 ENHANCE_YOUR_CALM");
    }
  }

  @Test
  void rapidResetStartsNoMoreHandlersThanTwiceTheStreams() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var stop = new CountDownLatch(1);
    echo.on(
        "/t.Echo/Stubborn",
        Dispatch.AT_HEADERS,
        stream -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          stop.await(); // does not care that it is cancelled
        });
    try (var peer = client()) {
      for (int i = 0; i < 1_000; i++) {
        peer.request(2 * i + 1, true, "/t.Echo/Stubborn").play();
        peer.reset(2 * i + 1, ErrorCode.CANCEL).play();
      }
      String line = peer.next();
      while (!line.startsWith("PING ACK")) {
        assertTrue(line.matches("RST_STREAM \\d+ REFUSED_STREAM"), line);
        line = peer.ping(1, false).play().next();
      }
      assertTrue(most.get() <= 2 * MAX_STREAMS, "handlers at once: " + most);
    } finally {
      stop.countDown();
    }
  }

  @Test
  void aRequestThatIsResetAtOnceIsNotStarted() throws Exception {
    var started = new AtomicInteger();
    echo.on(
        "/t.Echo/Count",
        Dispatch.AT_HEADERS,
        stream -> {
          started.incrementAndGet();
          stream.close(Status.OK, Metadata.EMPTY);
        });
    try (var peer = client()) {
      for (int i = 0; i < MAX_STREAMS; i++) {
        peer.request(2 * i + 1, true, "/t.Echo/Count").reset(2 * i + 1, ErrorCode.CANCEL);
      }
      peer.play().expectQuiet(); // they came in one read
      assertEquals(0, started.get());
      assertEquals(MAX_STREAMS, echo.cancellations().size());
      expectAnswer(peer, 2 * MAX_STREAMS + 1);
    }
  }
}
