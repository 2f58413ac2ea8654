package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.ConnectivityState;
import grpc.api.ServiceDefinition;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
@ParameterizedClass
@EnumSource
class EndingCallsTest {
  private final Link.Over over;

  EndingCallsTest(Link.Over over) {
    this.over = over;
  }

  private static final CallOptions SHORT = CallOptions.timeout(Duration.ofSeconds(1));

  /** Connects, so that a short deadline is not spent on that and reaches the handler. */
  private static void connect(Link link) {
    link.channel().unary(Echo.UNARY, bytes(""), CallOptions.DEFAULT);
  }

  /** Does the same where the service is not the echo. */
  private static void awaitReady(Link link) throws InterruptedException {
    link.channel().connect();
    while (link.channel().state() != ConnectivityState.READY) {
      link.channel().awaitChange(link.channel().state(), Duration.ofSeconds(10));
    }
  }

  private static StatusException failure(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(StatusException.class, call);
  }

  @Test
  void deadlineEndsBothSides() throws InterruptedException {
    try (var link = over.open()) {
      connect(link);
      var e = failure(() -> link.channel().unary(Echo.WAIT, bytes("x"), SHORT));
      assertEquals(StatusCode.DEADLINE_EXCEEDED, e.code());
      assertEquals("interrupted, cancelled: true", link.echo().ends.take());
    }
  }

  @Test
  void pastDeadlineFailsWithoutACall() {
    try (var link = over.open()) {
      var past = CallOptions.timeout(Duration.ofNanos(-1));
      var e = failure(() -> link.channel().unary(Echo.WAIT, bytes("x"), past));
      assertEquals(StatusCode.DEADLINE_EXCEEDED, e.code());
      assertEquals(1, link.echo().waiting.getCount());
    }
  }

  @Test
  void deadlineEndsAStream() throws InterruptedException {
    try (var link = over.open()) {
      connect(link);
      try (var chat = link.channel().bidiStreaming(Echo.CHAT, SHORT)) {
        assertEquals(StatusCode.DEADLINE_EXCEEDED, failure(chat::receive).code());
        // whichever is faster: the server's own clock, or word that the client has gone
        var codes = Set.of("DEADLINE_EXCEEDED", "CANCELLED");
        assertTrue(codes.contains(link.echo().ends.take()));
      }
    }
  }

  @Test
  void interruptCancelsTheCallAndStaysSet() throws Exception {
    try (var link = over.open()) {
      var caught =
          new FutureTask<>(() -> {
            var e = failure(() -> link.channel().unary(Echo.WAIT, bytes("x"), CallOptions.DEFAULT));
            assertTrue(Thread.currentThread().isInterrupted());
            return e.code();
          });
      var caller = Thread.ofPlatform().start(caught);
      link.echo().waiting.await();
      caller.interrupt();
      assertEquals(StatusCode.CANCELLED, caught.get());
      assertEquals("interrupted, cancelled: true", link.echo().ends.take());
    }
  }

  @Test
  void closingAStreamEarlyCancelsIt() throws InterruptedException {
    try (var link = over.open()) {
      try (var chat = link.channel().bidiStreaming(Echo.CHAT, CallOptions.DEFAULT)) {
        chat.send(bytes("x"));
        assertEquals("x", text(chat.receive().orElseThrow()));
      }
      assertEquals("CANCELLED", link.echo().ends.take());
    }
  }

  @Test
  void closingTheChannelEndsItsCalls() throws Exception {
    try (var link = over.open()) {
      var caught =
          new FutureTask<>(() ->
              failure(() -> link.channel().unary(Echo.WAIT, bytes("x"), CallOptions.DEFAULT))
                  .code());
      Thread.ofVirtual().start(caught);
      link.echo().waiting.await();
      link.channel().close();
      assertEquals(StatusCode.CANCELLED, caught.get());
      assertThrows(
          StatusException.class,
          () -> link.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT));
    }
  }

  @Test
  void shutdownOfTheServerLetsTheLastCallEnd() throws Exception {
    try (var link = over.open()) {
      var answer =
          new FutureTask<>(() ->
              text(link.channel().unary(Echo.WAIT, bytes("last"), CallOptions.DEFAULT).message()));
      Thread.ofVirtual().start(answer);
      link.echo().waiting.await();
      link.server().drain();
      link.echo().go.countDown();
      assertEquals("last", answer.get());
      assertTrue(link.server().shutdown(Duration.ofSeconds(10)));
    }
  }

  @Test
  void shutdownOfTheChannelCancelsWhatOutlastsTheGrace() throws Exception {
    try (var link = over.open()) {
      var code =
          new FutureTask<>(() ->
              failure(() -> link.channel().unary(Echo.WAIT, bytes("x"), CallOptions.DEFAULT))
                  .code());
      Thread.ofVirtual().start(code);
      link.echo().waiting.await();
      assertFalse(link.channel().shutdown(Duration.ofMillis(10)));
      assertEquals(StatusCode.CANCELLED, code.get());
    }
  }

  @Test
  void callInsideAHandlerInheritsDeadlineAndCancellation() throws Exception {
    try (var inner = over.open()) {
      connect(inner);
      var reached = new FutureTask<>(() -> true);
      var outer =
          ServiceDefinition.builder("test.Echo")
              .unary(
                  Echo.UNARY,
                  request -> {
                    assertTrue(CallContext.CURRENT.get().deadline().isPresent());
                    reached.run();
                    return inner.channel().unary(Echo.WAIT, request, CallOptions.DEFAULT).message();
                  })
              .build();
      try (var link = over.serving(outer)) {
        assertTrue(link.server().services().contains(outer));
        awaitReady(link);
        var e = failure(() -> link.channel().unary(Echo.UNARY, bytes("x"), SHORT));
        assertEquals(StatusCode.DEADLINE_EXCEEDED, e.code());
        assertTrue(reached.get());
        assertEquals("interrupted, cancelled: true", inner.echo().ends.take());
      }
    }
  }

  /** Runs a task on a thread of its own, as an executor would. */
  private static <T> T elsewhere(Callable<T> task) throws Exception {
    var result = new FutureTask<>(task);
    Thread.startVirtualThread(result);
    return result.get();
  }

  @Test
  void callOnAnotherThreadInheritsOnlyWhereItsTaskIsWrapped() throws Exception {
    try (var inner = over.open()) {
      connect(inner);
      var bound = new CompletableFuture<Boolean>();
      var outer =
          ServiceDefinition.builder("test.Echo")
              .unary(
                  Echo.UNARY,
                  request -> {
                    bound.complete(elsewhere(CallContext.CURRENT::isBound));
                    return elsewhere(
                        CallContext.wrap(() ->
                            inner
                                .channel()
                                .unary(Echo.WAIT, request, CallOptions.DEFAULT)
                                .message()));
                  })
              .build();
      try (var link = over.serving(outer)) {
        awaitReady(link);
        var e = failure(() -> link.channel().unary(Echo.UNARY, bytes("x"), SHORT));
        assertEquals(StatusCode.DEADLINE_EXCEEDED, e.code());
        assertEquals("interrupted, cancelled: true", inner.echo().ends.take());
        assertFalse(bound.join());
      }
    }
  }

  @Test
  void callThatAHandlerDoesNotWaitForEndsWithIt() throws Exception {
    try (var inner = over.open()) {
      var call = new CompletableFuture<CompletableFuture<byte[]>>();
      var outer =
          ServiceDefinition.builder("test.Echo")
              .unary(
                  Echo.UNARY,
                  request -> {
                    call.complete(
                        inner.channel().unaryAsync(Echo.WAIT, request, CallOptions.DEFAULT));
                    inner.echo().waiting.await();
                    return request;
                  })
              .build();
      try (var link = over.serving(outer)) {
        link.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT);
        assertEquals("interrupted, cancelled: true", inner.echo().ends.take());
        var e = assertThrows(CompletionException.class, () -> call.join().join());
        assertEquals(
            "the call that this one was made in ended",
            ((StatusException) e.getCause()).status().message());
      }
    }
  }

  @Test
  void cancelActionRunsOnceTheCallIsCancelled() throws Exception {
    var registered = new CountDownLatch(1);
    var ran = new CountDownLatch(1);
    var service =
        ServiceDefinition.builder("test.Echo")
            .bidiStreaming(
                Echo.CHAT,
                (requests, responses) -> {
                  CallContext.CURRENT.get().onCancel(ran::countDown);
                  registered.countDown();
                  requests.receive();
                })
            .build();
    try (var link = over.serving(service)) {
      assertEquals(1, link.server().addresses().size());
      var chat = link.channel().bidiStreaming(Echo.CHAT, CallOptions.DEFAULT);
      registered.await();
      chat.cancel("enough");
      ran.await();
      assertEquals("enough", failure(chat::receive).status().message());
    }
  }
}
