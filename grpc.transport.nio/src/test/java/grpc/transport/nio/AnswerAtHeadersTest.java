package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.NonBlockingThread;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerStreamHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that are refused by their headers: what comes of their messages is dropped. */
class AnswerAtHeadersTest extends ServerWire {
  private static final String REFUSED =
      "HEADERS 1 END_STREAM :status=200 content-type=application/grpc grpc-status=7";

  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicReference<Thread> ranOn = new AtomicReference<>();

  /** A transport asks for the limit before it keeps a byte of a message. */
  private record Refusing(ServerStream stream, AtomicInteger looks, AtomicReference<Thread> ranOn)
      implements ServerStreamHandler {
    @Override
    public Dispatch dispatch() {
      return Dispatch.INLINE_AT_HEADERS;
    }

    @Override
    public int maxReceiveMessageSize() {
      looks.incrementAndGet();
      return EchoServer.MAX_MESSAGE;
    }

    @Override
    public void run() {
      ranOn.set(Thread.currentThread());
      stream.close(Status.of(StatusCode.PERMISSION_DENIED, ""), Metadata.EMPTY);
    }

    @Override
    public void cancelled(Status reason) {}
  }

  @BeforeEach
  void refuse() throws IOException {
    server.close();
    ServerStreamAcceptor acceptor =
        stream ->
            stream.headers().path().equals("/t.Echo/Refused")
                ? new Refusing(stream, looks, ranOn)
                : echo.accept(stream);
    server =
        time.provider.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options(), acceptor);
  }

  @AfterEach
  void nothingWasKept() {
    assertEquals(0, looks.get(), "messages were read");
    assertEquals(0, MEMORY.used());
    assertInstanceOf(NonBlockingThread.class, ranOn.get());
  }

  @Test
  void requestThatNeverEndsIsRefusedAtOnce() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Refused").play();
      peer.expect(REFUSED).expect("RST_STREAM 1 NO_ERROR").expectQuiet();
      expectAnswer(peer, 3);
    }
  }

  @Test
  void dataThatComesWithTheHeadersIsDropped() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Refused");
      peer.data(1, false, beginOfMessage()).data(1, false, new byte[16_000]).play();
      peer.expect(REFUSED).expect("RST_STREAM 1 NO_ERROR").expectQuiet();
      expectAnswer(peer, 3);
    }
  }

  @Test
  void dataThatComesAfterTheAnswerIsDropped() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Refused").play();
      peer.expect(REFUSED).expect("RST_STREAM 1 NO_ERROR");
      peer.data(1, false, beginOfMessage()).data(1, true, new byte[16_000]).play();
      peer.expectQuiet();
      expectAnswer(peer, 3);
    }
  }

  @Test
  void wholeRequestInOneReadIsRefused() throws IOException {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Refused").message(1, true, 1000).play();
      peer.expect(REFUSED).expectQuiet();
      expectAnswer(peer, 3);
    }
  }

  /** The first 16,000 bytes of a message of 90,000. */
  private static byte[] beginOfMessage() {
    return Arrays.copyOf(FrameScript.prefixed(90_000), 16_000);
  }
}
