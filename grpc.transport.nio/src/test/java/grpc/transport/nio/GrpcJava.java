package grpc.transport.nio;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** grpc-java as the other side: the methods of {@link EchoServer}, messages as they are. */
final class GrpcJava {
  static final Metadata.Key<String> TEXT =
      Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<byte[]> BIN =
      Metadata.Key.of("x-bytes-bin", Metadata.BINARY_BYTE_MARSHALLER);
  static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private GrpcJava() {}

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setFullMethodName("t.Echo/" + name)
        .setType(type)
        .build();
  }

  static ManagedChannel channel(SocketAddress address) {
    return NettyChannelBuilder.forAddress(address)
        .usePlaintext()
        .directExecutor()
        .maxInboundMessageSize(EchoServer.MAX_MESSAGE)
        .build();
  }

  /** {@return where to put the requests of a call that begins now} */
  static StreamObserver<byte[]> bidi(ManagedChannel channel, String name, Received received) {
    return ClientCalls.asyncBidiStreamingCall(
        channel.newCall(method(name, MethodType.BIDI_STREAMING), CallOptions.DEFAULT), received);
  }

  /** A server; closing it waits until it is gone. */
  static final class Echo implements AutoCloseable {
    private final Server server;
    final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
    final BlockingQueue<Metadata> received = new LinkedBlockingQueue<>();

    Echo(int maxStreams) throws IOException {
      var service =
          ServerServiceDefinition.builder("t.Echo")
              .addMethod(method("Unary", MethodType.UNARY), ServerCalls.asyncUnaryCall(this::unary))
              .addMethod(method("Fail", MethodType.UNARY), ServerCalls.asyncUnaryCall(this::fail))
              .addMethod(
                  method("Expand", MethodType.SERVER_STREAMING),
                  ServerCalls.asyncServerStreamingCall(this::expand))
              .addMethod(
                  method("Collect", MethodType.CLIENT_STREAMING),
                  ServerCalls.asyncClientStreamingCall(this::collect))
              .addMethod(
                  method("Bidi", MethodType.BIDI_STREAMING),
                  ServerCalls.asyncBidiStreamingCall(this::bidi))
              .build();
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .maxConcurrentCallsPerConnection(maxStreams)
              .maxInboundMessageSize(EchoServer.MAX_MESSAGE)
              .intercept(new MetadataEcho(received))
              .addService(service)
              .build()
              .start();
    }

    SocketAddress address() {
      return server.getListenSockets().getFirst();
    }

    void shutdown() {
      server.shutdown();
    }

    private void unary(byte[] request, StreamObserver<byte[]> responses) {
      responses.onNext(request);
      responses.onCompleted();
    }

    private void fail(byte[] request, StreamObserver<byte[]> responses) {
      var trailers = new Metadata();
      trailers.put(DETAILS, request);
      trailers.put(TEXT, "more");
      responses.onError(Status.ABORTED.withDescription("100 % ü").asRuntimeException(trailers));
    }

    private void expand(byte[] request, StreamObserver<byte[]> responses) {
      for (int i = 0; i < request[0]; i++) {
        responses.onNext(request);
      }
      responses.onCompleted();
    }

    private StreamObserver<byte[]> collect(StreamObserver<byte[]> responses) {
      return new StreamObserver<>() {
        private int bytes;

        @Override
        public void onNext(byte[] message) {
          bytes += message.length;
        }

        @Override
        public void onError(Throwable t) {
          cancelled.add(t.toString());
        }

        @Override
        public void onCompleted() {
          responses.onNext(ByteBuffer.allocate(4).putInt(bytes).array());
          responses.onCompleted();
        }
      };
    }

    private StreamObserver<byte[]> bidi(StreamObserver<byte[]> responses) {
      ((ServerCallStreamObserver<byte[]>) responses)
          .setOnCancelHandler(() -> cancelled.add("bidi"));
      return new StreamObserver<>() {
        @Override
        public void onNext(byte[] message) {
          responses.onNext(message);
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {
          responses.onCompleted();
        }
      };
    }

    @Override
    public void close() {
      server.shutdownNow();
      try {
        if (!server.awaitTermination(20, TimeUnit.SECONDS)) {
          throw new IllegalStateException("grpc-java's server goes on");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Keeps what came, and sends x- metadata back as headers and trailers. */
  private record MetadataEcho(BlockingQueue<Metadata> received)
      implements io.grpc.ServerInterceptor {
    @Override
    public <A, B> io.grpc.ServerCall.Listener<A> interceptCall(
        io.grpc.ServerCall<A, B> call, Metadata headers, io.grpc.ServerCallHandler<A, B> next) {
      received.add(headers);
      var echoed = new Metadata();
      copy(TEXT, headers, echoed);
      copy(BIN, headers, echoed);
      return next.startCall(
          new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<A, B>(call) {
            @Override
            public void sendHeaders(Metadata out) {
              out.merge(echoed);
              super.sendHeaders(out);
            }

            @Override
            public void close(Status status, Metadata trailers) {
              trailers.merge(echoed);
              super.close(status, trailers);
            }
          },
          headers);
    }

    private static <T> void copy(Metadata.Key<T> key, Metadata from, Metadata to) {
      Iterable<T> values = from.getAll(key);
      if (values != null) {
        values.forEach(v -> to.put(key, v));
      }
    }
  }
}
