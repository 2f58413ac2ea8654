package examples.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.ClientCall;
import grpc.api.ForwardingServerCall;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.MethodHandler;
import grpc.api.MethodType;
import grpc.api.Server;
import grpc.api.ServerCall;
import grpc.api.ServerCredentials;
import grpc.api.ServerInterceptor;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.kernel.GrpcServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that end before their requests do: nothing stays in the proxy. */
@Timeout(30)
class ProxyTest {
  private static final MethodDescriptor<byte[], byte[]> CHAT =
      MethodDescriptor.of(
          "test.Chat/Chat", MethodType.BIDI_STREAMING, byte[].class, byte[].class, "raw");

  private static final MetadataKey<String> LAST = MetadataKey.text("x-last");
  private static final Metadata TRAILERS = Metadata.of(LAST, "words");
  private static final int MAX_MESSAGE = 1000;

  /** How each reading of requests in the proxy has ended. */
  private final BlockingQueue<String> readings = new LinkedBlockingQueue<>();

  /** Has a permit for each request that the proxy has begun to wait for. */
  private final Semaphore waits = new Semaphore(0);

  private Server backend;
  private GrpcChannel toBackend;
  private Server proxy;
  private GrpcChannel channel;

  private final class Readings implements ServerInterceptor.Streams {
    @Override
    public <Q, R> void intercept(ServerCall<Q, R> call, ServerInterceptor.StreamNext<Q, R> next)
        throws Exception {
      next.handle(
          new ForwardingServerCall<>(call) {
            @Override
            public Optional<Q> receive() {
              waits.release();
              try {
                var request = super.receive();
                if (request.isEmpty()) {
                  readings.add("half-closed");
                }
                return request;
              } catch (StatusException e) {
                readings.add(e.code().name());
                throw e;
              }
            }
          });
    }
  }

  private static GrpcServerBuilder local() {
    return GrpcServer.builder()
        .listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ServerCredentials.plaintext());
  }

  private static GrpcChannel channelTo(Server server) {
    return GrpcChannel.open("ipv4:127.0.0.1:" + server.port(), ChannelCredentials.plaintext());
  }

  /** A call through the proxy to a backend that does this. */
  private ClientCall<byte[], byte[]> chat(MethodHandler.BidiStreaming<byte[], byte[]> handler) {
    var service = ServiceDefinition.builder("test.Chat").bidiStreaming(CHAT, handler).build();
    backend = local().service(service).start();
    toBackend = channelTo(backend);
    proxy =
        local()
            .fallback(new Proxy(toBackend))
            .intercept(ServerInterceptor.streamsOnly(new Readings()))
            .maxReceiveMessageSize(MAX_MESSAGE)
            .start();
    channel = channelTo(proxy);
    return channel.call(CHAT, CallOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    channel.close();
    proxy.close();
    toBackend.close();
    backend.close();
  }

  private static StatusException failureOf(ClientCall<byte[], byte[]> call) {
    return assertThrows(StatusException.class, () -> call.forEach(response -> {}));
  }

  @Test
  void answerBeforeTheRequestsEnd() throws Exception {
    try (var call = chat((in, out) -> CallContext.CURRENT.get().responseTrailers(TRAILERS))) {
      assertEquals(Optional.empty(), call.receive());
      assertEquals("words", call.trailers().find(LAST).orElseThrow());
    }
    assertEquals("CANCELLED", readings.take());
  }

  @ParameterizedTest
  @EnumSource(names = {"ABORTED", "CANCELLED"})
  void failureBeforeTheRequestsEnd(StatusCode code) throws Exception {
    var failed =
        chat((in, out) -> {
          out.send(in.receive().orElseThrow());
          waits.acquire(2);
          throw new StatusException(Status.of(code, "enough"), TRAILERS);
        });
    try (failed) {
      failed.send("x".getBytes(UTF_8));
      var e = failureOf(failed);
      assertEquals(Status.of(code, "enough"), e.status());
      assertEquals("words", e.trailers().find(LAST).orElseThrow());
    }
    assertEquals("CANCELLED", readings.take());
  }

  @Test
  void backendThatDies() throws Exception {
    var stays = new CountDownLatch(1);
    var call =
        chat((in, out) -> {
          out.send(in.receive().orElseThrow());
          stays.await();
        });
    try (call) {
      call.send("x".getBytes(UTF_8));
      call.receive();
      waits.acquire(2);
      backend.close();
      assertEquals(StatusCode.UNAVAILABLE, failureOf(call).code());
    }
    assertEquals("CANCELLED", readings.take());
  }

  @Test
  void clientThatCancels() throws Exception {
    var ends = new LinkedBlockingQueue<StatusCode>();
    var call =
        chat((in, out) -> {
          try {
            in.forEach(out::send);
          } catch (StatusException e) {
            ends.add(e.code());
          }
        });
    call.send("x".getBytes(UTF_8));
    call.receive();
    waits.acquire(2);
    call.close();
    assertEquals("CANCELLED", readings.take());
    assertEquals(StatusCode.CANCELLED, ends.take());
  }

  @Test
  void requestThatIsTooLarge() throws Exception {
    try (var call = chat((in, out) -> in.forEach(out::send))) {
      call.send(new byte[MAX_MESSAGE + 1]);
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, failureOf(call).code());
    }
    assertEquals("RESOURCE_EXHAUSTED", readings.take());
  }

  @Test
  void limitOfResponsesIsTheClients() {
    int size = 5 << 20;
    chat((in, out) -> out.send(new byte[size])).close();
    var options = CallOptions.DEFAULT.withMaxReceiveMessageSize(size);
    try (var call = channel.call(CHAT, options)) {
      call.halfClose();
      assertEquals(size, call.receive().orElseThrow().length);
    }
  }
}
