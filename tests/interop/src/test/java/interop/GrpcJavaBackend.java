package interop;

import interop.proto.Empty;
import interop.proto.SimpleRequest;
import interop.proto.SimpleResponse;
import interop.proto.StreamingInputCallRequest;
import interop.proto.StreamingInputCallResponse;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.StreamingOutputCallResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** grpc-java's Netty server, its handlers on virtual threads. */
class GrpcJavaBackend extends Backend implements ServerInterceptor {
  private final Server server;

  GrpcJavaBackend(int port) throws IOException {
    var service =
        ServerServiceDefinition.builder(GrpcJavaMethods.SERVICE)
            .addMethod(GrpcJavaMethods.EMPTY, ServerCalls.asyncUnaryCall(this::empty))
            .addMethod(GrpcJavaMethods.UNARY, ServerCalls.asyncUnaryCall(this::unary))
            .addMethod(GrpcJavaMethods.OUTPUT, ServerCalls.asyncServerStreamingCall(this::output))
            .addMethod(GrpcJavaMethods.INPUT, ServerCalls.asyncClientStreamingCall(this::input))
            .addMethod(GrpcJavaMethods.DUPLEX, ServerCalls.asyncBidiStreamingCall(this::duplex))
            .build();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .intercept(this)
            .addService(service)
            .build()
            .start();
  }

  @Override
  String target() {
    return "ipv4:127.0.0.1:" + server.getPort();
  }

  @Override
  void drain() {
    server.shutdown();
  }

  @Override
  void awaitStopped() throws InterruptedException {
    server.awaitTermination();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Keeps the encoding of requests, and sends metadata back to those that ask for it. */
  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
    var encoding = metadata.get(GrpcJavaMethods.ENCODING);
    encodings.add(encoding == null ? "none" : encoding);
    return next.startCall(
        new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<Q, R>(call) {
          @Override
          public void sendHeaders(Metadata headers) {
            copy(GrpcJavaMethods.TEXT, metadata, headers);
            super.sendHeaders(headers);
          }

          @Override
          public void close(Status status, Metadata trailers) {
            copy(GrpcJavaMethods.BYTES, metadata, trailers);
            super.close(status, trailers);
          }
        },
        metadata);
  }

  private static <T> void copy(Metadata.Key<T> key, Metadata from, Metadata to) {
    var values = from.getAll(key);
    if (values != null) {
      values.forEach(value -> to.put(key, value));
    }
  }

  private void empty(Empty request, StreamObserver<Empty> responses) {
    ((ServerCallStreamObserver<Empty>) responses)
        .setOnCancelHandler(() -> ends.add("cancelled: true"));
    waiting.countDown();
  }

  private void unary(SimpleRequest request, StreamObserver<SimpleResponse> responses) {
    try {
      switch (request.getPayload().getBody().toStringUtf8()) {
        case "fail" -> {
          responses.onError(failure());
          return;
        }
        case "hold" -> {
          held.countDown();
          release.await();
        }
        case "gather" -> {
          gathered.countDown();
          gathered.await();
        }
        case "gzip" -> ((ServerCallStreamObserver<?>) responses).setCompression("gzip");
        default -> {}
      }
    } catch (InterruptedException e) {
      responses.onError(e);
      return;
    }
    responses.onNext(SimpleResponse.newBuilder().setPayload(request.getPayload()).build());
    responses.onCompleted();
  }

  private static RuntimeException failure() {
    var trailers = new Metadata();
    trailers.put(GrpcJavaMethods.DETAILS, DETAILS);
    trailers.put(GrpcJavaMethods.TEXT, "trailer");
    return Status.ABORTED.withDescription(MESSAGE).asRuntimeException(trailers);
  }

  private void output(
      StreamingOutputCallRequest request, StreamObserver<StreamingOutputCallResponse> responses) {
    for (var wanted : request.getResponseParametersList()) {
      responses.onNext(
          StreamingOutputCallResponse.newBuilder()
              .setPayload(TestServer.payload(wanted.getSize()))
              .build());
    }
    responses.onCompleted();
  }

  private StreamObserver<StreamingInputCallRequest> input(
      StreamObserver<StreamingInputCallResponse> responses) {
    return new StreamObserver<>() {
      private int sum;

      @Override
      public void onNext(StreamingInputCallRequest request) {
        sum += request.getPayload().getBody().size();
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {
        responses.onNext(
            StreamingInputCallResponse.newBuilder().setAggregatedPayloadSize(sum).build());
        responses.onCompleted();
      }
    };
  }

  private StreamObserver<StreamingOutputCallRequest> duplex(
      StreamObserver<StreamingOutputCallResponse> responses) {
    return new StreamObserver<>() {
      @Override
      public void onNext(StreamingOutputCallRequest request) {
        if (request.getPayload().getBody().toStringUtf8().equals("fail")) {
          responses.onError(failure());
        } else {
          responses.onNext(
              StreamingOutputCallResponse.newBuilder().setPayload(request.getPayload()).build());
        }
      }

      @Override
      public void onError(Throwable cause) {
        ends.add("cancelled: true");
      }

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }
}
