package grpc.testing.contract;

import static grpc.testing.contract.TransportPeers.OPTIONS;
import static grpc.testing.contract.TransportPeers.PATIENCE;
import static grpc.testing.contract.TransportPeers.RESPONSE;
import static grpc.testing.contract.TransportPeers.message;
import static grpc.testing.contract.TransportPeers.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.testing.contract.TransportPeers.Script;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests of threads that wait for a transport's streams: the part of {@link TransportContract}
 * for them. Authors extend that one.
 */
@Timeout(60)
public interface WaitingContract extends TransportUnderTest {
  /** A thread that reads a request learns when the call has been answered. */
  @Test
  default void answerEndsTheReadingOfARequest() throws Exception {
    var failure = new LinkedBlockingQueue<Status>();
    Script early =
        stream -> {
          var reading = new FutureTask<>(stream::receive);
          TransportPeers.awaitWaiting(Thread.startVirtualThread(reading));
          stream.close(Status.OK, Metadata.EMPTY);
          failure.add(failureOf(reading::get));
          failure.add(failureOf(stream::receive));
        };
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, early);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      assertEquals(Status.OK, stream.end().status());
      for (int i = 0; i < 2; i++) {
        var heard = failure.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(StatusCode.CANCELLED, heard == null ? null : heard.code());
      }
    }
  }

  private static Status failureOf(Callable<?> task) {
    try {
      var _ = task.call();
      return Status.OK;
    } catch (StatusException e) {
      return e.status();
    } catch (Exception e) {
      return e.getCause() instanceof StatusException s ? s.status() : Status.unknown("" + e);
    }
  }

  /** One thread may wait for the headers, and others for the end, while one waits for a message. */
  @Test
  default void severalThreadsMayWait() throws Exception {
    var go = new CountDownLatch(1);
    Script late =
        stream -> {
          go.await();
          stream.sendHeaders(RESPONSE);
          stream.send(message(1));
          stream.close(Status.OK, Metadata.EMPTY);
        };
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, late);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      var message = new FutureTask<>(stream::receive);
      var headers = new FutureTask<>(stream::headers);
      var end = new FutureTask<>(stream::end);
      TransportPeers.awaitWaiting(Thread.startVirtualThread(message));
      var leaves = Thread.startVirtualThread(new FutureTask<>(stream::headers));
      TransportPeers.awaitWaiting(leaves);
      TransportPeers.awaitWaiting(Thread.startVirtualThread(headers));
      TransportPeers.awaitWaiting(Thread.startVirtualThread(end));
      leaves.interrupt();
      leaves.join();
      go.countDown();
      assertEquals(message(1), message.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).orElseThrow());
      assertEquals(RESPONSE, headers.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).orElseThrow());
      assertEquals(Status.OK, end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).status());
    }
  }

  /** The end of the connection wakes all threads that wait. */
  @Test
  default void endOfTheConnectionWakesAllThatWait() throws Exception {
    Script idle =
        stream -> {
          var _ = stream.receive();
        };
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, idle);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      var message = new FutureTask<>(stream::receive);
      var end = new FutureTask<>(stream::end);
      TransportPeers.awaitWaiting(Thread.startVirtualThread(message));
      TransportPeers.awaitWaiting(Thread.startVirtualThread(end));
      client.transport.close(Status.unavailable("closed"));
      assertTrue(message.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).isEmpty());
      assertEquals("closed", end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).status().message());
    }
  }
}
