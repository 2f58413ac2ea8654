package interop;

import com.google.protobuf.ByteString;
import grpc.api.CallContext;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Requests;
import grpc.api.Responses;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.kernel.GrpcServerBuilder;
import interop.proto.BoolValue;
import interop.proto.EchoStatus;
import interop.proto.Empty;
import interop.proto.Payload;
import interop.proto.ResponseParameters;
import interop.proto.SimpleRequest;
import interop.proto.SimpleResponse;
import interop.proto.StreamingInputCallRequest;
import interop.proto.StreamingInputCallResponse;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.StreamingOutputCallResponse;
import interop.proto.TestServiceService;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** {@code grpc.testing.TestService} as gRPC's interop-test-descriptions want it. */
public final class TestServer implements TestServiceService {
  /** As grpc-java's programs take: {@code very_large_request} sends 10 MiB. */
  static final int MAX_MESSAGE_SIZE = 16 << 20;

  static final MetadataKey<String> INITIAL = MetadataKey.text("x-grpc-test-echo-initial");
  static final MetadataKey<byte[]> TRAILING = MetadataKey.binary("x-grpc-test-echo-trailing-bin");

  private final String id = UUID.randomUUID().toString();
  private final ServerLoad load = new ServerLoad();

  /** A server of its own id. */
  public TestServer() {}

  /**
   * Has a server offer this, and the service that reports the load which this one is told to have
   * (A51) until the server drains; and takes messages as large as the cases send them.
   *
   * @return the server's builder
   */
  public GrpcServerBuilder on(GrpcServerBuilder server) {
    return server
        .service(this)
        .service(load)
        .onDrain(load::drain)
        .maxReceiveMessageSize(MAX_MESSAGE_SIZE);
  }

  @Override
  public Empty emptyCall(Empty request) {
    echoMetadata();
    return Empty.getDefaultInstance();
  }

  @Override
  public SimpleResponse unaryCall(SimpleRequest request) {
    echoMetadata();
    if (request.hasExpectCompressed()) {
      expectCompressed(request.getExpectCompressed());
    }
    if (request.hasResponseStatus()) {
      failAs(request.getResponseStatus());
    }
    if (request.hasOrcaPerQueryReport()) {
      Orca.report(request.getOrcaPerQueryReport());
    }
    if (request.hasResponseCompressed()) {
      offerGzip();
      compress(request.getResponseCompressed().getValue());
    }
    return SimpleResponse.newBuilder()
        .setPayload(payload(request.getResponseSize()))
        .setServerId(request.getFillServerId() ? id : "")
        .build();
  }

  @Override
  public void streamingOutputCall(
      StreamingOutputCallRequest request, Responses<StreamingOutputCallResponse> responses)
      throws InterruptedException {
    echoMetadata();
    if (request.getResponseParametersList().stream().anyMatch(ResponseParameters::hasCompressed)) {
      offerGzip();
    }
    answer(request, responses);
  }

  @Override
  public StreamingInputCallResponse streamingInputCall(
      Requests<StreamingInputCallRequest> requests) {
    echoMetadata();
    int sum = 0;
    for (var request : requests) {
      if (request.hasExpectCompressed()) {
        expectCompressed(request.getExpectCompressed());
      }
      sum += request.getPayload().getBody().size();
    }
    return StreamingInputCallResponse.newBuilder().setAggregatedPayloadSize(sum).build();
  }

  @Override
  public void fullDuplexCall(
      Requests<StreamingOutputCallRequest> requests,
      Responses<StreamingOutputCallResponse> responses)
      throws InterruptedException {
    echoMetadata();
    try (var decision = load.new Decision()) {
      for (var request : requests) {
        if (request.hasOrcaOobReport()) {
          decision.set(request.getOrcaOobReport());
        }
        answer(request, responses);
      }
    }
  }

  @Override
  public void halfDuplexCall(
      Requests<StreamingOutputCallRequest> requests,
      Responses<StreamingOutputCallResponse> responses)
      throws InterruptedException {
    var all = new ArrayList<StreamingOutputCallRequest>();
    requests.forEach(all::add);
    for (var request : all) {
      answer(request, responses);
    }
  }

  private static void answer(
      StreamingOutputCallRequest request, Responses<StreamingOutputCallResponse> responses)
      throws InterruptedException {
    if (request.hasResponseStatus()) {
      failAs(request.getResponseStatus());
    }
    for (ResponseParameters wanted : request.getResponseParametersList()) {
      TimeUnit.MICROSECONDS.sleep(wanted.getIntervalUs());
      if (wanted.hasCompressed()) {
        compress(wanted.getCompressed().getValue());
      }
      responses.send(
          StreamingOutputCallResponse.newBuilder().setPayload(payload(wanted.getSize())).build());
    }
  }

  /** Clients say that they accept gzip; whether a message makes use of it is the request's wish. */
  private static void offerGzip() {
    CallContext.CURRENT.get().compressor("gzip");
  }

  private static void compress(boolean wanted) {
    CallContext.CURRENT.get().compressMessages(wanted);
  }

  private static void expectCompressed(BoolValue expected) {
    boolean compressed = CallContext.CURRENT.get().messageCompressed();
    if (expected.getValue() != compressed) {
      throw Status.invalidArgument(
              "compressed: %s (expected: %s)".formatted(compressed, expected.getValue()))
          .asException();
    }
  }

  private static void failAs(EchoStatus wanted) {
    var code = StatusCode.of(wanted.getCode()).orElse(StatusCode.UNKNOWN);
    if (code != StatusCode.OK) {
      throw Status.of(code, wanted.getMessage()).asException();
    }
  }

  private static void echoMetadata() {
    CallContext context = CallContext.CURRENT.get();
    context
        .metadata()
        .find(INITIAL)
        .ifPresent(value -> context.responseHeaders(Metadata.of(INITIAL, value)));
    context
        .metadata()
        .find(TRAILING)
        .ifPresent(value -> context.responseTrailers(Metadata.of(TRAILING, value)));
  }

  static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }
}
