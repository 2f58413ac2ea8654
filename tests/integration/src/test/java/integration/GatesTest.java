package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.Peer;
import grpc.api.ServerCall;
import grpc.api.ServerCallGate;
import grpc.api.ServerCallGate.Decision;
import grpc.api.ServerInterceptor;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcServerBuilder;
import grpc.spi.observe.Observer;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that a server refuses before it reads their messages. */
@Timeout(60)
class GatesTest {
  private static final Status DENIED = Status.of(StatusCode.PERMISSION_DENIED, "not you");
  private static final ServerCallGate DENY = call -> Decision.refuse(DENIED);
  private static final ServerCallGate ADMIT = call -> Decision.admit();

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  /** Notes what it sees, and answers as it is told. */
  private ServerCallGate noting(String name, Decision decision) {
    return call -> {
      seen.add(name);
      return decision;
    };
  }

  private static Link open(boolean tcp, UnaryOperator<GrpcServerBuilder> server) {
    return tcp ? Link.overTcp(server) : Link.open(server, c -> c);
  }

  private static StatusException failure(
      Link link, MethodDescriptor<byte[], byte[]> method, byte[] request) {
    return assertThrows(
        StatusException.class, () -> link.channel().unary(method, request, CallOptions.DEFAULT));
  }

  private static Status refusal(Link link) {
    return failure(link, Echo.UNARY, bytes("x")).status();
  }

  /** Sees whatever handlers are called for. */
  private record Handled(BlockingQueue<String> seen) implements ServerInterceptor {
    @Override
    public <Q, R> R interceptUnary(
        MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
        throws Exception {
      seen.add("handled " + method);
      return next.handle(request, context);
    }

    @Override
    public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
        throws Exception {
      seen.add("handled " + call.method());
      next.handle(call);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusedCallsOfEveryKindEndAtOnceAndReachNoHandler(boolean tcp) {
    try (var link = open(tcp, s -> s.gate(DENY).intercept(new Handled(seen)))) {
      var channel = link.channel();
      var none = CallOptions.DEFAULT;
      assertEquals(DENIED, refusal(link));
      assertEquals(DENIED, failure(link, Echo.UNARY, new byte[4 << 20]).status(), "4 MiB");
      try (var responses = channel.serverStreaming(Echo.SPLIT, bytes("x"), none)) {
        assertEquals(DENIED, assertThrows(StatusException.class, responses::receive).status());
      }
      try (var chat = channel.bidiStreaming(Echo.CHAT, none)) { // its request never ends
        assertEquals(DENIED, assertThrows(StatusException.class, chat::receive).status());
        assertEquals(
            DENIED, assertThrows(StatusException.class, () -> chat.send(bytes("x"))).status());
      }
      try (var requests = channel.call(Echo.JOIN, none)) {
        requests.start();
        assertEquals(DENIED, assertThrows(StatusException.class, requests::receive).status());
      }
    }
    assertEquals(List.of(), List.copyOf(seen));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void admittedCallsGoOnBesideRefusedOnes(boolean tcp) {
    ServerCallGate noChats =
        call ->
            call.fullMethodName().endsWith("/Chat") ? Decision.refuse(DENIED) : Decision.admit();
    try (var link = open(tcp, s -> s.gate(ADMIT, noChats))) {
      for (int i = 0; i < 50; i++) {
        var answer = link.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT);
        assertEquals("echo:x", text(answer.message()));
        try (var chat = link.channel().bidiStreaming(Echo.CHAT, CallOptions.DEFAULT)) {
          assertEquals(DENIED, assertThrows(StatusException.class, chat::receive).status());
        }
      }
    }
  }

  @Test
  void gatesAreAskedInOrderAndTheFirstRefusalWins() {
    var last = Decision.refuse(Status.internal("never asked"));
    var answer = Decision.refuse(DENIED, Metadata.of(Echo.TEXT, "trailer"));
    try (var link =
        open(
            false,
            s ->
                s.gate(noting("a", Decision.admit()), noting("b", answer))
                    .gate(noting("c", last)))) {
      var e = failure(link, Echo.UNARY, bytes("x"));
      assertEquals(DENIED, e.status());
      assertEquals("trailer", e.trailers().find(Echo.TEXT).orElseThrow());
    }
    assertEquals(List.of("a", "b"), List.copyOf(seen));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gateSeesTheCallBeforeItsMessages(boolean tcp) throws Exception {
    var peers = new LinkedBlockingQueue<SocketAddress>();
    ServerCallGate gate =
        call -> {
          seen.add(
              "%s %s %s %s"
                  .formatted(
                      call.fullMethodName(),
                      call.isRegistered(),
                      call.authority(),
                      call.metadata().find(Echo.TEXT).orElse("no text")));
          seen.add(call.timeout().map(t -> t.compareTo(Duration.ofMinutes(1)) <= 0).toString());
          peers.add(call.peer().remote());
          return Decision.admit();
        };
    try (var link = open(tcp, s -> s.gate(gate))) {
      var options = CallOptions.DEFAULT.withAuthority("shop:1");
      link.channel().unary(Echo.UNARY, bytes("x"), options);
      assertEquals("test.Echo/Unary true shop:1 no text", next());
      assertEquals("Optional.empty", next());
      var more = options.withMetadata(Echo.TEXT, "hi").withTimeout(Duration.ofMinutes(1));
      assertThrows(
          StatusException.class, () -> link.channel().unary(Echo.UNKNOWN, bytes("x"), more));
      assertEquals("test.Echo/Unknown false shop:1 hi", next());
      assertEquals("Optional[true]", next());
      assertEquals(peers.take(), peers.take());
    }
  }

  private String next() throws InterruptedException {
    return Optional.ofNullable(seen.poll(20, TimeUnit.SECONDS)).orElse("not seen");
  }

  @Test
  void strangersDoNotLearnWhichMethodsExist() {
    try (var link =
        open(
            false,
            s ->
                s.gate(DENY)
                    .fallback(name -> {
                      seen.add("fallback asked");
                      return Optional.empty();
                    }))) {
      var known = failure(link, Echo.UNARY, bytes("x"));
      var unknown = failure(link, Echo.UNKNOWN, bytes("x"));
      assertEquals(known.status(), unknown.status());
      assertEquals(known.trailers(), unknown.trailers());
    }
    assertEquals(List.of(), List.copyOf(seen));
  }

  /** A gate of its own class, so that it has a name. */
  private static final class Broken implements ServerCallGate {
    @Override
    public Decision decide(Call call) {
      throw new StatusException(Status.notFound("secret"), Metadata.EMPTY);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gateThatThrowsRefusesAndOnlyTheLogSaysWhy(boolean tcp) {
    try (var log = new CapturedLog("grpc.server.gate", Level.DEBUG);
        var link = open(tcp, s -> s.gate(new Broken()))) {
      assertEquals(
          Status.internal("a gate failed for /test.Echo/Unary; see the server's log"),
          refusal(link));
      assertTrue(
          log.lines()
              .getFirst()
              .contains(
                  "/test.Echo/Unary: the gate integration.GatesTest$Broken threw (expected: a"
                      + " Decision; to refuse a call, return Decision.refuse(status))"),
          log.lines()::toString);
      assertEquals("NOT_FOUND: secret", log.thrown());
      assertEquals(StatusCode.INTERNAL, refusal(link).code(), "the connection lives");
    }
  }

  @Test
  void aLongNameIsNotRepeatedInTheStatus() {
    var method = Echo.method("x".repeat(5_000), MethodType.UNARY);
    try (var link = open(false, s -> s.gate(new Broken()))) {
      var e =
          assertThrows(
              StatusException.class,
              () -> link.channel().unary(method, new byte[0], CallOptions.DEFAULT));
      assertTrue(e.status().message().contains("... (5011 characters)"), e::getMessage);
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void gateThatAnswersNullOrRefusesWithOkRefuses() {
    ServerCallGate nothing = call -> null;
    ServerCallGate ok = call -> Decision.refuse(Status.OK);
    for (var gate : List.of(nothing, ok)) {
      try (var link = open(false, s -> s.gate(gate))) {
        assertEquals(StatusCode.INTERNAL, refusal(link).code());
      }
    }
  }

  @Test
  void gateThatWouldBlockTheReaderRefuses() {
    try (var behind = Link.overTcp()) {
      ServerCallGate asks =
          call -> {
            behind.channel().unary(Echo.UNARY, bytes("may I?"), CallOptions.DEFAULT);
            return Decision.admit();
          };
      try (var log = new CapturedLog("grpc.server.gate", Level.DEBUG);
          var link = Link.overTcp(s -> s.gate(asks))) {
        assertEquals(StatusCode.INTERNAL, refusal(link).code());
        assertTrue(log.thrown().contains("would block the connection's reader"), log.thrown());
      }
    }
  }

  private record Refusals(BlockingQueue<String> seen) implements Observer {
    @Override
    public String name() {
      return "refusals";
    }

    @Override
    public void refused(String method, Peer peer, Status status) {
      seen.add(method + ": " + status);
    }
  }

  @Test
  void observersSeeRefusedCalls() {
    try (var link = open(false, s -> s.gate(DENY).observe(new Refusals(seen)))) {
      assertEquals(DENIED, refusal(link));
      failure(link, Echo.UNKNOWN, bytes("x"));
    }
    assertEquals(
        List.of(
            "test.Echo/Unary: PERMISSION_DENIED: not you",
            "test.Echo/Unknown: PERMISSION_DENIED: not you"),
        List.copyOf(seen));
  }
}
