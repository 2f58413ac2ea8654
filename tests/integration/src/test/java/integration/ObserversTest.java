package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDefinition;
import grpc.api.MethodDescriptor;
import grpc.api.MethodHandler;
import grpc.api.MethodType;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcServerBuilder;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import grpc.spi.observe.ServerCallStart;
import grpc.spi.transport.ReservedKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What observers hear of calls that go wrong, and what becomes of calls whose observer does. */
@Timeout(30)
class ObserversTest {
  /** Hears of what a server refuses. */
  private record Refusals(BlockingQueue<String> heard) implements Observer {
    @Override
    public String name() {
      return "refusals";
    }

    @Override
    public void refused(String method, Peer peer, Status status) {
      heard.add(method + ": " + status);
    }
  }

  /** Hears how the calls of a server begin and end. */
  private record ServerCalls(BlockingQueue<String> heard) implements Observer {
    @Override
    public String name() {
      return "server-calls";
    }

    @Override
    public CallObserver serverCall(ServerCallStart call) {
      heard.add("begins");
      return new CallObserver() {
        @Override
        public void ended(Status status) {
          heard.add("ended " + status.code());
        }
      };
    }
  }

  /** Puts each attempt into a trace, and hears on the server which trace a call is part of. */
  private record Tracer(BlockingQueue<ServerCallStart> served) implements Observer {
    private static final MetadataKey<byte[]> TRACE = ReservedKeys.binary("grpc-trace-bin");

    @Override
    public String name() {
      return "tracer";
    }

    @Override
    public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
      return new CallObserver() {
        @Override
        public AttemptObserver attempt(int previous, boolean transparent) {
          return new AttemptObserver() {
            @Override
            public Metadata headers() {
              return Metadata.of(TRACE, bytes("trace of " + method));
            }
          };
        }
      };
    }

    @Override
    public CallObserver serverCall(ServerCallStart call) {
      served.add(call);
      return CallObserver.NONE;
    }

    String next() throws InterruptedException {
      var call = served.poll(20, TimeUnit.SECONDS);
      return (call.registered() ? "registered, " : "")
          + text(call.metadata().find(TRACE).orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void serverHearsWhoseTraceACallIsPartOfAndWhetherItsMethodIsRegistered(boolean tcp)
      throws Exception {
    var tracer = new Tracer(new LinkedBlockingQueue<>());
    MethodHandler.Unary<byte[], byte[]> same = request -> request;
    var any =
        MethodDescriptor.of("any.Any/Any", MethodType.UNARY, byte[].class, byte[].class, "raw");
    UnaryOperator<GrpcServerBuilder> traced =
        s -> s.observe(tracer).fallback(name -> Optional.of(MethodDefinition.of(any, same)));
    try (var link =
        tcp
            ? Link.overTcp(traced, c -> c.observe(tracer))
            : Link.open(traced, c -> c.observe(tracer))) {
      link.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT);
      assertEquals("registered, trace of " + Echo.UNARY, tracer.next());
      link.channel().unary(any, bytes("x"), CallOptions.DEFAULT);
      assertEquals("trace of " + any, tracer.next());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callThatEndsBeforeItsHandlerBeginsIsHeardToEndOnce(boolean tcp) throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    UnaryOperator<GrpcServerBuilder> observed = s -> s.observe(new ServerCalls(heard));
    try (var link = tcp ? Link.overTcp(observed) : Link.open(observed, c -> c)) {
      link.channel().unary(Echo.UNARY, bytes("connects"), CallOptions.DEFAULT);
      assertEquals("begins", heard.poll(20, TimeUnit.SECONDS));
      assertEquals("ended OK", heard.poll(20, TimeUnit.SECONDS));
      var late = link.channel().call(Echo.SPLIT, CallOptions.timeout(Duration.ofSeconds(1)));
      late.start();
      assertEquals("begins", heard.poll(20, TimeUnit.SECONDS));
      var end = heard.poll(20, TimeUnit.SECONDS);
      assertTrue(Set.of("ended DEADLINE_EXCEEDED", "ended CANCELLED").contains("" + end), "" + end);
      var call = link.channel().call(Echo.SPLIT, CallOptions.DEFAULT);
      call.start(); // its request never comes whole
      assertEquals("begins", heard.poll(20, TimeUnit.SECONDS));
      call.cancel("enough");
      assertEquals("ended CANCELLED", heard.poll(20, TimeUnit.SECONDS));
      late.cancel("it is over");
    }
    assertTrue(heard.isEmpty(), heard::toString);
  }

  @Test
  void refusedCallsAreHeardOf() throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    try (var link = Link.open(s -> s.observe(new Refusals(heard)), c -> c)) {
      var failure =
          assertThrows(
              StatusException.class,
              () -> link.channel().unary(Echo.UNKNOWN, bytes("x"), CallOptions.DEFAULT));
      assertEquals(StatusCode.UNIMPLEMENTED, failure.code());
      assertEquals(
          "test.Echo/Unknown: UNIMPLEMENTED: unknown method Unknown of service test.Echo",
          heard.poll(20, TimeUnit.SECONDS));
      link.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT);
      assertTrue(heard.isEmpty(), heard::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void observersThatThrowChangeNothing(boolean late) {
    var faulty = new FaultyObserver(late);
    try (var link = Link.open(s -> s.observe(faulty), c -> c.observe(faulty))) {
      var channel = link.channel();
      var answer = channel.unary(Echo.UNARY, bytes("hello"), CallOptions.DEFAULT).message();
      assertTrue(text(answer).endsWith("hello"));
      try (var chat = channel.bidiStreaming(Echo.CHAT, CallOptions.DEFAULT)) {
        chat.send(bytes("a"));
        assertEquals("a", text(chat.receive().orElseThrow()));
        chat.halfClose();
        assertEquals(Optional.empty(), chat.receive());
      }
      var failure =
          assertThrows(
              StatusException.class,
              () -> channel.unary(Echo.UNKNOWN, bytes("x"), CallOptions.DEFAULT));
      assertEquals(StatusCode.UNIMPLEMENTED, failure.code());
    }
  }
}
