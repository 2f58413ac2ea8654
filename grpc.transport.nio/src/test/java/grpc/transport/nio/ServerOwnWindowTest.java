package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a server's own windows let a client send (RFC 9113 §5.2, §6.9), frame by frame. */
class ServerOwnWindowTest extends ServerWire {
  @Test
  void moreThanOurWindowResetsTheStream() throws Exception {
    var stop = new CountDownLatch(1);
    echo.on("/t.Echo/Deaf", Dispatch.AT_HEADERS, stream -> stop.await());
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Deaf");
      byte[] frame = copies(FrameScript.prefixed(95), 128);
      for (int sent = 0; sent + frame.length <= OUR_WINDOW; sent += frame.length) {
        peer.data(1, false, frame);
      }
      peer.play().expectQuiet(); // the stream's window is not widened: nobody reads
      peer.data(1, false, frame).play();
      peer.expect("RST_STREAM 1 FLOW_CONTROL_ERROR");
      assertTrue(echo.cancellations().poll(20, TimeUnit.SECONDS) != null);
    } finally {
      stop.countDown();
    }
  }

  @Test
  void connectionIsCreditedThoughNobodyReads() throws Exception {
    var stop = new CountDownLatch(1);
    echo.on("/t.Echo/Deaf", Dispatch.AT_HEADERS, stream -> stop.await());
    try (var peer = client()) {
      byte[] frame = copies(FrameScript.prefixed(1019), 16);
      for (int stream = 1; stream < 2 * MAX_STREAMS; stream += 2) {
        peer.request(stream, false, "/t.Echo/Deaf");
        for (int sent = 0; sent + frame.length <= OUR_WINDOW; sent += frame.length) {
          peer.data(stream, false, frame);
        }
        peer.play();
      }
      peer.expect("WINDOW_UPDATE 0 1048576").expectQuiet(); // a quarter of 4 MiB
    } finally {
      stop.countDown();
    }
  }

  private static byte[] copies(byte[] bytes, int times) {
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  @Test
  void aMessageLargerThanTheWindowWidensIt() throws Exception {
    try (var peer = client()) {
      byte[] message = FrameScript.prefixed(1 << 20);
      peer.request(1, false, "/t.Echo/Collect");
      peer.data(1, false, Arrays.copyOf(message, 16_384)).play();
      String line = peer.next();
      assertTrue(line.startsWith("WINDOW_UPDATE 1 "), line);
      int granted = Integer.parseInt(line.split(" ")[2]);
      assertEquals(message.length - OUR_WINDOW + 257, granted); // padding, and 1 for nghttp2's end
      for (int at = 16_384; at < message.length; at += 16_384) {
        int end = Math.min(at + 16_384, message.length);
        peer.data(1, end == message.length, Arrays.copyOfRange(message, at, end));
      }
      peer.play();
      peer.expectSoon("HEADERS 1 :status=200");
      peer.expectSoon("DATA 1 9");
      peer.expectSoon("HEADERS 1 END_STREAM grpc-status=0");
    }
  }

  @Test
  void framesOfPaddingBehindAMessageThatFillsTheWindowDoNotUseItUp() throws Exception {
    echo.on(
        "/t.Echo/Whole",
        Dispatch.WHEN_WHOLE,
        stream -> {
          var status = stream.receive().isPresent() ? Status.OK : Status.internal("no message");
          stream.close(status, Metadata.EMPTY);
        });
    try (var peer = client()) {
      fillWindow(peer.request(1, false, "/t.Echo/Whole"));
      for (int i = 0; i < 3; i++) {
        sendPadding(peer, false);
        peer.ping(i, false).play().expect("WINDOW_UPDATE 1 256").expect("PING ACK " + i);
      }
      sendPadding(peer, true);
      String end = peer.expectSoon("HEADERS 1 END_STREAM :status=200");
      assertTrue(end.endsWith("grpc-status=0"), end);
    }
  }

  @Test
  void aHandlerThatReadsWidensTheStreamAgain() throws Exception {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Collect");
      int toSend = 8 * OUR_WINDOW;
      int window = OUR_WINDOW;
      while (toSend > 0) {
        int size = Math.min(Math.min(window, 16_384), toSend);
        if (size > 5) {
          peer.data(1, size == toSend, FrameScript.prefixed(size - 5)).play();
          window -= size;
          toSend -= size;
        }
        while (window < 16_384 && toSend > 0) {
          String line = peer.next();
          if (line.startsWith("WINDOW_UPDATE 1 ")) {
            window += Integer.parseInt(line.split(" ")[2]);
          }
        }
      }
      peer.expectSoon("HEADERS 1 :status=200");
    }
  }
}
