package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a call of grpc-java's client brings. */
final class Received implements StreamObserver<byte[]> {
  final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
  final CompletableFuture<Status> end = new CompletableFuture<>();

  @Override
  public void onNext(byte[] message) {
    messages.add(message);
  }

  @Override
  public void onError(Throwable t) {
    end.complete(Status.fromThrowable(t));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  byte[] next() throws InterruptedException {
    byte[] message = messages.poll(20, TimeUnit.SECONDS);
    assertNotNull(message, () -> "no message; " + end);
    return message;
  }

  Status.Code code() throws Exception {
    return end.get(20, TimeUnit.SECONDS).getCode();
  }
}
