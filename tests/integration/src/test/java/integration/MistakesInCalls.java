package integration;

import static integration.Echo.bytes;
import static integration.Mistake.messageOf;
import static java.nio.charset.StandardCharsets.US_ASCII;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcChannelBuilder;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocketFactory;

/** Calls that cannot be made, or end otherwise than their caller thought. */
final class MistakesInCalls {
  private static final CallOptions DEFAULT = CallOptions.DEFAULT;

  /** What another kind of server does with a connection. */
  @FunctionalInterface
  private interface Answer {
    void to(Socket client) throws IOException;
  }

  private MistakesInCalls() {}

  static Stream<Mistake> all() {
    return Stream.of(
        new Mistake("no resolver", () -> missing("dns:///localhost:1")),
        new Mistake("no policy", () -> missing("ipv4:127.0.0.1:1")),
        new Mistake("no codec", () -> call(method(byte[].class, "thrift"), bytes("x"))),
        new Mistake("no compressor", () -> call(DEFAULT.withCompressor("br"))),
        new Mistake("messages of another codec", () -> call(method(String.class, "raw"), "x")),
        new Mistake(
            "messages that are no protobuf", () -> call(method(String.class, "proto"), "x")),
        new Mistake("null message", () -> call(Echo.UNARY, null)),
        new Mistake("unknown method", () -> call(Echo.UNKNOWN, bytes("x"))),
        new Mistake("unknown service", () -> call(method(byte[].class, "raw"), bytes("x"))),
        new Mistake(
            "deadline in the past", () -> call(DEFAULT.withTimeout(Duration.ofSeconds(-1)))),
        new Mistake("closed channel", MistakesInCalls::afterClose),
        new Mistake("send after halfClose", MistakesInCalls::afterHalfClose),
        new Mistake("finish twice", MistakesInCalls::finishTwice),
        new Mistake("one method as another kind", MistakesInCalls::otherKind),
        new Mistake("request too large", () -> large(s -> s.maxReceiveMessageSize(10), c -> c)),
        new Mistake("response too large", () -> large(s -> s, c -> c.maxReceiveMessageSize(10))),
        new Mistake(
            "request over the own limit", () -> large(s -> s, c -> c.maxSendMessageSize(10))),
        new Mistake(
            "secrets on a plaintext connection",
            () -> overTcp(DEFAULT.withCallCredentials(attempt -> Metadata.EMPTY))),
        new Mistake(
            "a plaintext channel with secrets",
            () ->
                messageOf(
                    () -> Link.overTcp(s -> s, c -> c.callCredentials(attempt -> Metadata.EMPTY)))),
        new Mistake("nobody listens", MistakesInCalls::nobody),
        new Mistake("TLS port", MistakesInCalls::tls),
        new Mistake(
            "HTTP/1 port", () -> at(new ServerSocket(0, 5, local()), MistakesInCalls::http1)),
        new Mistake(
            "port that hangs up", () -> at(new ServerSocket(0, 5, local()), Socket::close)));
  }

  private static InetAddress local() {
    return InetAddress.getLoopbackAddress();
  }

  private static <T> MethodDescriptor<T, T> method(Class<T> type, String codec) {
    return MethodDescriptor.of("acme.Other/Call", MethodType.UNARY, type, type, codec);
  }

  private static String missing(String target) {
    var runtime = GrpcRuntime.builder().build();
    return messageOf(() -> {
      try (var channel =
          GrpcChannel.builder(target, ChannelCredentials.plaintext()).runtime(runtime).open()) {
        channel.unary(Echo.UNARY, bytes("x"), DEFAULT);
      }
    });
  }

  private static <T> String call(MethodDescriptor<T, T> method, T message) {
    try (var link = Link.open()) {
      return messageOf(() -> link.channel().unary(method, message, DEFAULT));
    }
  }

  private static String call(CallOptions options) {
    try (var link = Link.open()) {
      return messageOf(() -> link.channel().unary(Echo.UNARY, bytes("x"), options));
    }
  }

  private static String overTcp(CallOptions options) {
    try (var link = Link.overTcp()) {
      return messageOf(() -> link.channel().unary(Echo.UNARY, bytes("x"), options));
    }
  }

  private static String afterClose() {
    try (var link = Link.open()) {
      link.channel().close();
      return messageOf(() -> link.channel().unary(Echo.UNARY, bytes("x"), DEFAULT));
    }
  }

  private static String afterHalfClose() {
    try (var link = Link.open();
        var chat = link.channel().bidiStreaming(Echo.CHAT, DEFAULT)) {
      chat.halfClose();
      return messageOf(() -> chat.send(bytes("x")));
    }
  }

  private static String finishTwice() {
    try (var link = Link.open();
        var requests = link.channel().clientStreaming(Echo.JOIN, DEFAULT)) {
      requests.finish();
      return messageOf(requests::finish);
    }
  }

  private static String otherKind() {
    var unary =
        MethodDescriptor.of(
            Echo.SPLIT.fullName(), MethodType.UNARY, byte[].class, byte[].class, "raw");
    return call(unary, bytes("two messages"));
  }

  private static String large(
      UnaryOperator<GrpcServerBuilder> server, UnaryOperator<GrpcChannelBuilder> client) {
    try (var link = Link.overTcp(server, client)) {
      return messageOf(() -> link.channel().unary(Echo.UNARY, new byte[100], DEFAULT));
    }
  }

  private static String nobody() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, local())) {
      port = socket.getLocalPort();
    }
    return callTo(port);
  }

  private static String callTo(int port) {
    try (var channel = GrpcChannel.open("ipv4:127.0.0.1:" + port, ChannelCredentials.plaintext())) {
      return messageOf(() -> channel.unary(Echo.UNARY, bytes("x"), DEFAULT));
    }
  }

  private static String tls() throws IOException {
    var socket = SSLServerSocketFactory.getDefault().createServerSocket(0, 5, local());
    return at(socket, client -> client.getInputStream().read()); // its handshake fails
  }

  private static void http1(Socket client) throws IOException {
    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
    client.getInputStream().readAllBytes(); // until the client hangs up
  }

  /** Calls a server of another kind, which does the same with every connection. */
  private static String at(ServerSocket listening, Answer answer) throws IOException {
    try (listening) {
      Thread.ofVirtual()
          .start(() -> {
            while (!listening.isClosed()) {
              try (var client = listening.accept()) {
                answer.to(client);
              } catch (IOException e) {
                // the client, or the test, has ended it
              }
            }
          });
      return callTo(listening.getLocalPort());
    }
  }
}
