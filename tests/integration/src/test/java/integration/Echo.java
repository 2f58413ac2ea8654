package integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import grpc.api.CallContext;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusException;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A service of all four kinds over bytes, with what tests want of a server. */
final class Echo {
  static final MethodDescriptor<byte[], byte[]> UNARY = method("Unary", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> SPLIT =
      method("Split", MethodType.SERVER_STREAMING);
  static final MethodDescriptor<byte[], byte[]> JOIN = method("Join", MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<byte[], byte[]> GREET =
      method("Greet", MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<byte[], byte[]> CHAT = method("Chat", MethodType.BIDI_STREAMING);
  static final MethodDescriptor<byte[], byte[]> WAIT = method("Wait", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> FAIL = method("Fail", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> THROW = method("Throw", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> METADATA = method("Metadata", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> UNKNOWN = method("Unknown", MethodType.UNARY);

  static final MetadataKey<String> TEXT = MetadataKey.text("x-text");
  static final MetadataKey<byte[]> BINARY = MetadataKey.binary("x-binary-bin");

  /** Who answered. */
  final String name;

  /** What became of each {@link #WAIT} and {@link #CHAT}. */
  final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  final CountDownLatch waiting = new CountDownLatch(1);
  final CountDownLatch go = new CountDownLatch(1);

  Echo(String name) {
    this.name = name;
  }

  ServiceDefinition definition() {
    return ServiceDefinition.builder("test.Echo")
        .unary(UNARY, request -> bytes(name + ":" + text(request)))
        .serverStreaming(
            SPLIT,
            (request, responses) -> {
              for (String part : text(request).split(" ", -1)) {
                responses.send(bytes(part));
              }
            })
        .clientStreaming(
            JOIN,
            requests -> {
              var parts = new ArrayList<String>();
              requests.forEach(part -> parts.add(text(part)));
              return bytes(String.join(" ", parts));
            })
        .clientStreaming(
            GREET,
            requests -> {
              go.await();
              var context = CallContext.CURRENT.get();
              context.responseHeaders(Metadata.of(TEXT, "welcome"));
              context.sendHeaders();
              return requests.receive().orElseThrow();
            })
        .bidiStreaming(
            CHAT,
            (requests, responses) -> {
              try {
                for (var message : requests) {
                  responses.send(message);
                }
                ends.add("half-closed");
              } catch (StatusException e) {
                ends.add(e.code().name());
                throw e;
              }
            })
        .unary(
            WAIT,
            request -> {
              waiting.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                ends.add("interrupted, cancelled: " + CallContext.CURRENT.get().isCancelled());
                throw e;
              }
              return request;
            })
        .unary(
            FAIL,
            request -> {
              throw new StatusException(
                  Status.notFound("no such thing").withDetails(new byte[] {1, 2, 3}),
                  Metadata.of(TEXT, "trailer"));
            })
        .unary(
            THROW,
            request -> {
              throw new IllegalStateException("secret");
            })
        .unary(
            METADATA,
            request -> {
              var context = CallContext.CURRENT.get();
              var metadata = context.metadata();
              context.responseHeaders(
                  Metadata.of(TEXT, "header " + metadata.find(TEXT).orElse("none")));
              context.responseTrailers(Metadata.of(BINARY, metadata.find(BINARY).orElseThrow()));
              return request;
            })
        .build();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.of("test.Echo/" + name, type, byte[].class, byte[].class, "raw");
  }
}
