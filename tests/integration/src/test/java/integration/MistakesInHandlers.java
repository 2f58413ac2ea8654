package integration;

import static integration.Echo.bytes;
import static integration.Mistake.messageOf;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.MethodDefinition;
import grpc.api.MethodHandler;
import grpc.api.ServiceDefinition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** Handlers that do what they must not. */
final class MistakesInHandlers {
  private MistakesInHandlers() {}

  static Stream<Mistake> all() {
    return Stream.of(
        new Mistake("null answer", () -> seenByClient(request -> null)),
        new Mistake(
            "exception",
            () ->
                seenByClient(request -> {
                  throw new IllegalStateException("secret");
                })),
        new Mistake("context elsewhere", () -> messageOf(CallContext::current)),
        new Mistake(
            "headers that have left", () -> inHandler(MistakesInHandlers::headersTwice, false)),
        new Mistake(
            "unknown encoding",
            () -> inHandler(() -> CallContext.current().compressor("br"), false)),
        new Mistake("blocking call in an inline handler", MistakesInHandlers::blockingInline),
        Mistake.thrown(
            "inline stream",
            () ->
                MethodDefinition.of(
                        Echo.CHAT, (MethodHandler.BidiStreaming<byte[], byte[]>) (in, out) -> {})
                    .withInline(true)),
        Mistake.thrown(
            "method of another service",
            () -> ServiceDefinition.builder("acme.Other").unary(Echo.UNARY, request -> request)));
  }

  private static ServiceDefinition service(MethodHandler.Unary<byte[], byte[]> handler) {
    return ServiceDefinition.builder("test.Echo").unary(Echo.UNARY, handler).build();
  }

  private static String seenByClient(MethodHandler.Unary<byte[], byte[]> handler) {
    try (var link = Link.serving(service(handler))) {
      return messageOf(() -> link.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT));
    }
  }

  private static void headersTwice() {
    var call = CallContext.current();
    call.sendHeaders();
    call.responseHeaders(Metadata.EMPTY);
  }

  private static String inHandler(Executable mistake, boolean inline) throws Exception {
    var told = new CompletableFuture<String>();
    var service =
        service(request -> {
          told.complete(messageOf(mistake));
          return request;
        });
    try (var link = Link.servingOverTcp(inline ? service.inline() : service)) {
      link.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT);
      return told.get(20, TimeUnit.SECONDS);
    }
  }

  private static String blockingInline() throws Exception {
    try (var next = Link.overTcp()) {
      return inHandler(
          () -> next.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT), true);
    }
  }
}
