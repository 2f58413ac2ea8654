package grpc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Attributes;
import grpc.api.CallContext;
import grpc.api.Deadline;
import grpc.api.ForwardingServerCall;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.Peer;
import grpc.api.ServerCall;
import grpc.api.ServerCallGate;
import grpc.api.ServerInterceptor;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FakeServerCallTest {
  private static final MetadataKey<String> COLOUR = MetadataKey.text("colour");
  private static final Attributes.Key<String> USER = Attributes.Key.of("user");
  private static final MethodDescriptor<String, String> UNARY = method("Unary", MethodType.UNARY);
  private static final MethodDescriptor<String, String> SPLIT =
      method("Split", MethodType.SERVER_STREAMING);
  private static final MethodDescriptor<String, String> JOIN =
      method("Join", MethodType.CLIENT_STREAMING);
  private static final MethodDescriptor<String, String> CHAT =
      method("Chat", MethodType.BIDI_STREAMING);

  private static final ServiceDefinition SERVICE =
      ServiceDefinition.builder("test.Text")
          .unary(UNARY, request -> request + "!")
          .serverStreaming(
              SPLIT,
              (request, responses) -> {
                for (String word : request.split(" ", -1)) {
                  responses.send(word);
                }
              })
          .clientStreaming(
              JOIN,
              requests -> {
                var words = new ArrayList<String>();
                requests.forEach(words::add);
                return String.join(" ", words);
              })
          .bidiStreaming(CHAT, (requests, responses) -> requests.forEach(responses::send))
          .build();

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.of("test.Text/" + name, type, String.class, String.class, "text");
  }

  private interface Handler {
    String handle(String request) throws Exception;
  }

  private static FakeServerCall.Builder<String, String> unary(Handler handler) {
    var service = ServiceDefinition.builder("test.Text").unary(UNARY, handler::handle).build();
    return FakeServerCall.of(service, UNARY);
  }

  @Test
  void methodsOfAllKindsAreCalled() throws InterruptedException {
    assertEquals(List.of("a!"), FakeServerCall.of(SERVICE, UNARY).call("a").responses());
    assertEquals(List.of("a", "b"), FakeServerCall.of(SERVICE, SPLIT).call("a b").responses());
    assertEquals(List.of("a b"), FakeServerCall.of(SERVICE, JOIN).call("a", "b").responses());
    var chat = FakeServerCall.of(SERVICE, CHAT).start();
    chat.send("a");
    assertEquals(Optional.of("a"), chat.receive());
    chat.send("b");
    assertEquals(Optional.of("b"), chat.receive());
    chat.halfClose();
    assertEquals(Optional.empty(), chat.receive());
    assertEquals(Status.OK, chat.status());
  }

  @Test
  void methodThatTheServiceDoesNotHaveIsRefused() {
    var other = method("Other", MethodType.UNARY);
    var e = assertThrows(IllegalArgumentException.class, () -> FakeServerCall.of(SERVICE, other));
    assertTrue(e.getMessage().startsWith("service test.Text has no method test.Text/Other"));
  }

  @Test
  void unaryRequestIsOneMessage() throws InterruptedException {
    assertEquals(
        Status.internal("a request with no message (expected: one)"),
        FakeServerCall.of(SERVICE, UNARY).call().status());
    assertEquals(
        Status.internal("a request with several messages (expected: one)"),
        FakeServerCall.of(SERVICE, SPLIT).call("a", "b").status());
  }

  @Test
  void handlerSeesWhatTheTestChose() throws InterruptedException {
    var peer = Peer.of(new InetSocketAddress("10.0.0.1", 1), new InetSocketAddress("10.0.0.2", 2));
    var deadline = Deadline.after(Duration.ofHours(1));
    var seen = new AtomicReference<CallContext>();
    var call =
        unary(
                request -> {
                  seen.set(CallContext.current());
                  return request;
                })
            .metadata(Metadata.of(COLOUR, "red"))
            .peer(peer)
            .authority("shop.example")
            .deadline(deadline)
            .call("a");
    assertEquals(Status.OK, call.status());
    assertEquals(Metadata.of(COLOUR, "red"), seen.get().metadata());
    assertEquals(peer, seen.get().peer());
    assertEquals("shop.example", seen.get().authority());
    assertEquals(Optional.of(deadline), seen.get().deadline());
    assertEquals(UNARY, seen.get().method());
  }

  @Test
  void headersAndTrailersAreWhatTheClientSees() throws InterruptedException {
    var call =
        unary(
                request -> {
                  var context = CallContext.current();
                  context.compressor("gzip");
                  context.responseHeaders(Metadata.of(COLOUR, "red"));
                  context.sendHeaders();
                  assertThrows(
                      IllegalStateException.class, () -> context.responseHeaders(Metadata.EMPTY));
                  context.responseTrailers(Metadata.of(COLOUR, "blue"));
                  throw new StatusException(Status.notFound("none"), Metadata.of(COLOUR, "green"));
                })
            .call("a");
    assertEquals(Status.notFound("none"), call.status());
    assertEquals(Metadata.of(COLOUR, "red"), call.headers());
    assertEquals(List.of("blue", "green"), call.trailers().all(COLOUR));
    assertEquals(Optional.of("gzip"), call.compressor());
    assertEquals(List.of(), call.responses());
  }

  @Test
  void failureAtOnceHasNoHeaders() throws InterruptedException {
    var call =
        unary(
                request -> {
                  CallContext.current().responseHeaders(Metadata.of(COLOUR, "red"));
                  throw Status.notFound("none").asException();
                })
            .call("a");
    assertEquals(Metadata.EMPTY, call.headers());
  }

  @Test
  void whatIsNoStatusIsUnknownAndTheTestGetsIt() throws InterruptedException {
    var defect = new IllegalStateException("secret");
    var call =
        unary(
                request -> {
                  throw defect;
                })
            .call("a");
    assertEquals(StatusCode.UNKNOWN, call.status().code());
    assertFalse(call.status().message().contains("secret"));
    assertSame(defect, call.thrown().orElseThrow());
    assertTrue(FakeServerCall.of(SERVICE, UNARY).call("a").thrown().isEmpty());
  }

  @Test
  @SuppressWarnings("NullAway") // as code without its checks does
  void answerOfNullIsInternal() throws InterruptedException {
    assertEquals(StatusCode.INTERNAL, unary(request -> null).call("a").status().code());
  }

  @Test
  void cancellationInterruptsTheHandlerAndRunsItsActions() throws InterruptedException {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    var waiting = new CountDownLatch(1);
    var call =
        unary(
                request -> {
                  var context = CallContext.current();
                  context.onCancel(() -> seen.add("cancel"));
                  context.onEnd(() -> seen.add("end"));
                  context.onEnd(() -> seen.add("withdrawn")).close();
                  waiting.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    seen.add("interrupted " + context.isCancelled());
                  }
                  return request;
                })
            .start();
    call.send("a");
    call.halfClose();
    waiting.await();
    call.cancel();
    assertEquals(Status.cancelled("the client cancelled the call"), call.status());
    assertEquals(Metadata.EMPTY, call.trailers());
    assertEquals(List.of(), call.responses());
    assertEquals(3, seen.size());
    assertTrue(seen.containsAll(List.of("cancel", "end", "interrupted true")), seen::toString);
  }

  @Test
  void actionsForTheEndRunOnceTheCallIsAnswered() throws InterruptedException {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    var call =
        unary(
                request -> {
                  CallContext.current().onCancel(() -> seen.add("cancel"));
                  CallContext.current().onEnd(() -> seen.add("end"));
                  seen.add("handled");
                  return request;
                })
            .call("a");
    call.cancel();
    assertEquals(Status.OK, call.status());
    assertEquals(List.of("handled", "end"), List.copyOf(seen));
  }

  @Test
  void deadlineThatPassesEndsTheReadingOfRequests() throws InterruptedException {
    BlockingQueue<Status> seen = new LinkedBlockingQueue<>();
    var service =
        ServiceDefinition.builder("test.Text")
            .bidiStreaming(
                CHAT,
                (requests, responses) -> {
                  responses.send("ready");
                  try {
                    requests.receive();
                  } catch (StatusException e) {
                    seen.add(e.status());
                    throw e;
                  }
                })
            .build();
    var call = FakeServerCall.of(service, CHAT).start();
    assertEquals(Optional.of("ready"), call.receive());
    call.expire();
    assertEquals(StatusCode.DEADLINE_EXCEEDED, call.status().code());
    assertEquals(call.status(), seen.take());
  }

  /** Puts the user into the context, and marks what goes through. */
  private static final class Marking implements ServerInterceptor {
    private final String mark;

    Marking(String mark) {
      this.mark = mark;
    }

    @Override
    public <Q, R> R interceptUnary(
        MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
        throws Exception {
      var marked = method.requestType().cast(mark + request);
      var user = context.attributes().find(USER).orElse("") + mark;
      return next.handle(marked, context.with(USER, user));
    }

    @Override
    public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
        throws Exception {
      next.handle(
          new ForwardingServerCall<>(call) {
            @Override
            public Optional<Q> receive() {
              return super.receive().map(q -> call.method().requestType().cast(mark + q));
            }
          });
    }
  }

  @Test
  void firstInterceptorIsTheOutermost() throws InterruptedException {
    var user = new AtomicReference<Optional<String>>(Optional.empty());
    var call =
        unary(
                request -> {
                  user.set(CallContext.current().attributes().find(USER));
                  return request;
                })
            .intercept(new Marking("1"), new Marking("2"))
            .call("a");
    assertEquals(List.of("21a"), call.responses());
    assertEquals(Optional.of("12"), user.get());
    var chat =
        FakeServerCall.of(SERVICE, CHAT).intercept(new Marking("1"), new Marking("2")).call("a");
    assertEquals(List.of("21a"), chat.responses());
  }

  @Test
  void gateRefusesBeforeTheHandlerStarts() throws InterruptedException {
    var seen = new ArrayList<ServerCallGate.Call>();
    ServerCallGate gate =
        call -> {
          seen.add(call);
          return call.metadata().find(COLOUR).isPresent()
              ? ServerCallGate.Decision.admit()
              : ServerCallGate.Decision.refuse(
                  Status.of(StatusCode.PERMISSION_DENIED, "no colour"), Metadata.of(COLOUR, "any"));
        };
    var refused =
        unary(
                request -> {
                  throw new AssertionError("refused");
                })
            .gate(gate)
            .call("a");
    assertEquals(StatusCode.PERMISSION_DENIED, refused.status().code());
    assertEquals(Metadata.of(COLOUR, "any"), refused.trailers());
    assertTrue(refused.thrown().isEmpty());
    assertEquals("test.Text/Unary", seen.getFirst().fullMethodName());
    assertTrue(seen.getFirst().isRegistered());
    var admitted =
        FakeServerCall.of(SERVICE, UNARY).gate(gate).metadata(Metadata.of(COLOUR, "red"));
    assertEquals(List.of("a!"), admitted.call("a").responses());
  }

  @Test
  void responsesAfterTheEndAreRefused() throws InterruptedException {
    var kept = new AtomicReference<ServerCall<?, ?>>();
    var keeping =
        ServerInterceptor.streamsOnly(
            new ServerInterceptor.Streams() {
              @Override
              public <Q, R> void intercept(
                  ServerCall<Q, R> call, ServerInterceptor.StreamNext<Q, R> next) throws Exception {
                kept.set(call);
                next.handle(call);
              }
            });
    var call = FakeServerCall.of(SERVICE, CHAT).intercept(keeping).call("a");
    assertEquals(Status.OK, call.status());
    var e = assertThrows(StatusException.class, () -> kept.get().receive());
    assertEquals(Status.cancelled("the call has ended"), e.status());
  }
}
