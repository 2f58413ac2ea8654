package interop;

import grpc.api.CallContext;
import grpc.api.Metadata;
import grpc.api.Requests;
import grpc.api.Responses;
import grpc.api.ServerCredentials;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcServer;
import interop.proto.Empty;
import interop.proto.SimpleRequest;
import interop.proto.SimpleResponse;
import interop.proto.StreamingInputCallRequest;
import interop.proto.StreamingInputCallResponse;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.StreamingOutputCallResponse;
import interop.proto.TestServiceService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Our server. */
final class OurBackend extends Backend implements TestServiceService {
  private final GrpcServer server;

  OurBackend(SocketAddress address) {
    server =
        GrpcServer.builder().listen(address, ServerCredentials.plaintext()).service(this).start();
  }

  /** {@return the address of this port of this machine} */
  static SocketAddress port(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  String target() {
    return server.addresses().getFirst() instanceof UnixDomainSocketAddress unix
        ? "unix://" + unix.getPath()
        : "ipv4:127.0.0.1:" + server.port();
  }

  int port() {
    return server.port();
  }

  @Override
  void drain() {
    server.drain();
  }

  @Override
  void awaitStopped() throws InterruptedException {
    server.await();
  }

  @Override
  public void close() {
    server.close();
  }

  @Override
  public Empty emptyCall(Empty request) throws InterruptedException {
    waiting.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      ends.add("cancelled: " + CallContext.CURRENT.get().isCancelled());
      throw e;
    }
    return request;
  }

  @Override
  public SimpleResponse unaryCall(SimpleRequest request) throws InterruptedException {
    var context = CallContext.CURRENT.get();
    switch (request.getPayload().getBody().toStringUtf8()) {
      case "fail" -> throw failure();
      case "hold" -> {
        held.countDown();
        release.await();
      }
      case "gather" -> {
        gathered.countDown();
        gathered.await();
      }
      case "metadata" -> {
        var headers = Metadata.builder();
        context.metadata().all(TEXT).forEach(value -> headers.add(TEXT, value));
        context.responseHeaders(headers.build());
        var trailers = Metadata.builder();
        context.metadata().all(BYTES).forEach(value -> trailers.add(BYTES, value));
        context.responseTrailers(trailers.build());
      }
      case "gzip" -> context.compressor("gzip");
      default -> {}
    }
    return SimpleResponse.newBuilder().setPayload(request.getPayload()).build();
  }

  private static StatusException failure() {
    return new StatusException(
        Status.of(StatusCode.ABORTED, MESSAGE).withDetails(DETAILS), Metadata.of(TEXT, "trailer"));
  }

  @Override
  public void streamingOutputCall(
      StreamingOutputCallRequest request, Responses<StreamingOutputCallResponse> responses) {
    for (var wanted : request.getResponseParametersList()) {
      responses.send(
          StreamingOutputCallResponse.newBuilder()
              .setPayload(TestServer.payload(wanted.getSize()))
              .build());
    }
  }

  @Override
  public StreamingInputCallResponse streamingInputCall(
      Requests<StreamingInputCallRequest> requests) {
    int sum = 0;
    for (var request : requests) {
      sum += request.getPayload().getBody().size();
    }
    return StreamingInputCallResponse.newBuilder().setAggregatedPayloadSize(sum).build();
  }

  @Override
  public void fullDuplexCall(
      Requests<StreamingOutputCallRequest> requests,
      Responses<StreamingOutputCallResponse> responses) {
    try {
      for (var request : requests) {
        if (request.getPayload().getBody().toStringUtf8().equals("fail")) {
          throw failure();
        }
        responses.send(
            StreamingOutputCallResponse.newBuilder().setPayload(request.getPayload()).build());
      }
    } finally {
      if (CallContext.CURRENT.get().isCancelled()) {
        ends.add("cancelled: true");
      }
    }
  }
}
