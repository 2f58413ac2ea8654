package grpc.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import grpc.api.CallContext;
import grpc.api.MethodDescriptor;
import grpc.api.MethodHandler;
import grpc.api.MethodType;
import grpc.api.Requests;
import grpc.api.Responses;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.observe.Observers;
import grpc.kernel.registry.Discovery;
import grpc.kernel.registry.PluginFailure;
import grpc.kernel.registry.ProviderKind;
import grpc.kernel.time.FakeClock;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import grpc.spi.observe.ServerCallStart;
import grpc.spi.transport.RequestHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes between a call's answer and the end of its handler changes nothing. */
@Timeout(20)
class AnsweredCallTest implements Observer {
  private static final MethodDescriptor<ByteBuffer, ByteBuffer> CHAT =
      MethodDescriptor.of(
          "test.Calls/Chat", MethodType.BIDI_STREAMING, ByteBuffer.class, ByteBuffer.class, "same");

  private static final Duration MOMENT = Duration.ofNanos(1);

  private final List<Status> ends = new CopyOnWriteArrayList<>();
  private final FakeClock clock = new FakeClock();

  @Override
  public String name() {
    return "test";
  }

  @Override
  public CallObserver serverCall(ServerCallStart call) {
    return new CallObserver() {
      @Override
      public void ended(Status status) {
        ends.add(status);
      }
    };
  }

  /** Messages that are bytes already. */
  private record SameCodec() implements Codec {
    @Override
    public String name() {
      return "same";
    }

    @Override
    @SuppressWarnings("unchecked") // the method above carries nothing else
    public <T> Marshaller<T> marshaller(Class<T> type) {
      return (Marshaller<T>) new Same();
    }
  }

  private record Same() implements Marshaller<ByteBuffer> {
    @Override
    public ByteBuffer marshal(ByteBuffer message) {
      return message;
    }

    @Override
    public ByteBuffer unmarshal(ByteBuffer bytes) {
      return bytes;
    }
  }

  /** Runs the handler on this thread, which nobody may interrupt. */
  private void answer(
      ScriptedRequest request, MethodHandler.BidiStreaming<ByteBuffer, ByteBuffer> handler) {
    var discovery = new Discovery(false);
    discovery.add(ProviderKind.CODEC, new SameCodec());
    var settings =
        new ServerSettings(
            discovery.providers(), new Observers(List.of(this)), clock, 1000, 1000, null);
    var service = ServiceDefinition.builder("test.Calls").bidiStreaming(CHAT, handler).build();
    var methods =
        new MethodTable(List.of(service), name -> Optional.empty(), List.of(), List.of(), settings);
    methods.accept(request).run();
    assertFalse(Thread.interrupted());
  }

  private static Status failureOf(Runnable task) {
    try {
      task.run();
      return Status.OK;
    } catch (StatusException e) {
      return e.status();
    }
  }

  @Test
  void whoReadsOnDoesNotCancelTheCall() throws Exception {
    var requests = new AtomicReference<Requests<ByteBuffer>>();
    var reader = new FutureTask<>(() -> failureOf(() -> requests.get().receive()));
    var request = new ScriptedRequest(CHAT.path(), RequestHeaders.NO_TIMEOUT, () -> joined(reader));
    answer(
        request,
        (in, out) -> {
          requests.set(in);
          Thread.startVirtualThread(reader);
          request.reading.await();
        });
    assertEquals("CANCELLED: the call has ended", reader.get().toString());
    assertEquals(List.of(Status.OK), ends);
  }

  @Test
  void whoSendsOnDoesNotCancelTheCall() throws Exception {
    var responses = new AtomicReference<Responses<ByteBuffer>>();
    var sender =
        new FutureTask<>(() -> failureOf(() -> responses.get().send(ByteBuffer.allocate(1))));
    var request =
        new ScriptedRequest(
            CHAT.path(),
            RequestHeaders.NO_TIMEOUT,
            () -> {
              Thread.startVirtualThread(sender);
              joined(sender);
            });
    answer(request, (in, out) -> responses.set(out));
    assertEquals("CANCELLED: the call was cancelled", sender.get().toString());
    assertEquals(List.of(Status.OK), ends);
  }

  @Test
  void deadlineThatPassesDoesNotCancelTheCall() throws Exception {
    var request = new ScriptedRequest(CHAT.path(), MOMENT.toNanos(), () -> clock.pass(MOMENT));
    answer(request, (in, out) -> {});
    assertEquals(Status.OK, request.answer.get());
    assertEquals(List.of(Status.OK), ends);
  }

  @Test
  void handlerThatEndsAfterTheDeadlineDoesNotAnswer() throws Exception {
    var request = new ScriptedRequest(CHAT.path(), MOMENT.toNanos(), () -> {});
    answer(request, (in, out) -> clock.pass(MOMENT));
    assertEquals("DEADLINE_EXCEEDED", request.answer.get().code().name());
    assertEquals(List.of(request.answer.get()), ends);
  }

  @Test
  void answerThatCannotBeSentEndsTheCallAllTheSame() throws Exception {
    var request = new ScriptedRequest(CHAT.path(), RequestHeaders.NO_TIMEOUT, () -> {});
    request.refuseFirst(new StackOverflowError("as deep as it gets"));
    answer(
        request,
        (in, out) -> {
          throw Status.notFound("no such thing").asException();
        });
    var unknown = Status.unknown("the handler of /test.Calls/Chat failed; see the server's log");
    assertEquals(unknown, request.answer.get());
    assertEquals(List.of(unknown), ends);
  }

  @Test
  @SuppressWarnings("NullAway") // as code without its checks does
  void headersAndTrailersThatAreNullAreRefusedWhereTheyAreGiven() throws Exception {
    var request = new ScriptedRequest(CHAT.path(), RequestHeaders.NO_TIMEOUT, () -> {});
    var refusals = new ArrayList<String>();
    answer(
        request,
        (in, out) -> {
          var context = CallContext.current();
          for (Runnable wrong :
              List.<Runnable>of(
                  () -> context.responseHeaders(null), () -> context.responseTrailers(null))) {
            try {
              wrong.run();
            } catch (NullPointerException e) {
              refusals.add(e.getMessage());
            }
          }
        });
    assertEquals(
        List.of("headers (for none: Metadata.EMPTY)", "trailers (for none: Metadata.EMPTY)"),
        refusals);
    assertEquals(Status.OK, request.answer.get());
  }

  @Test
  void diagnosisOfAHandlersOwnCallsDoesNotTravel() throws Exception {
    var request = new ScriptedRequest(CHAT.path(), RequestHeaders.NO_TIMEOUT, () -> {});
    answer(
        request,
        (in, out) -> {
          throw PluginFailure.of("picker", this, new IllegalStateException("/etc/secret"))
              .status()
              .asException();
        });
    assertEquals(
        Status.internal("a call of the handler of /test.Calls/Chat failed; see the server's log"),
        request.answer.get());
  }

  private static void joined(FutureTask<Status> task) {
    try {
      task.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
