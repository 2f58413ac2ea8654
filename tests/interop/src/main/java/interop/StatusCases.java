package interop;

import static interop.TestCase.expect;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import interop.proto.EchoStatus;
import interop.proto.Empty;
import interop.proto.SimpleRequest;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.TestServiceClient;
import interop.proto.TestServiceMethods;
import interop.proto.UnimplementedServiceClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** Cases of metadata, statuses and deadlines. */
final class StatusCases {
  private static final String INITIAL_VALUE = "test_initial_metadata_value";
  private static final byte[] TRAILING_VALUE = {(byte) 0xAB, (byte) 0xAB, (byte) 0xAB};

  private StatusCases() {}

  static void customMetadata(Channel channel) {
    var options =
        CallOptions.DEFAULT
            .withMetadata(TestServer.INITIAL, INITIAL_VALUE)
            .withMetadata(TestServer.TRAILING, TRAILING_VALUE);
    var answer =
        channel.unary(TestServiceMethods.UNARY_CALL, SimpleRequest.getDefaultInstance(), options);
    expect(
        INITIAL_VALUE,
        answer.headers().find(TestServer.INITIAL).orElse("none"),
        "initial metadata");
    expect(
        true,
        Arrays.equals(
            TRAILING_VALUE, answer.trailers().find(TestServer.TRAILING).orElse(new byte[0])),
        "whether the trailing metadata came back");
    try (var call = new TestServiceClient(channel).with(options).fullDuplexCall()) {
      call.send(StreamingCases.output(1, 1));
      call.halfClose();
      expect(
          INITIAL_VALUE,
          call.headers().find(TestServer.INITIAL).orElse("none"),
          "initial metadata");
      call.forEach(response -> {});
      expect(
          true,
          Arrays.equals(
              TRAILING_VALUE, call.trailers().find(TestServer.TRAILING).orElse(new byte[0])),
          "whether the trailing metadata came back");
    }
  }

  static void statusCodeAndMessage(Channel channel) throws Exception {
    expectEchoed(channel, "test status message");
  }

  static void specialStatusMessage(Channel channel) throws Exception {
    expectEchoed(channel, "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n");
  }

  private static void expectEchoed(Channel channel, String message) throws Exception {
    var client = new TestServiceClient(channel);
    var wanted = EchoStatus.newBuilder().setCode(2).setMessage(message);
    Status status = Status.unknown(message);
    var unary = SimpleRequest.newBuilder().setResponseStatus(wanted).build();
    expect(status, statusOf(() -> client.unaryCall(unary)), "status of the unary call");
    try (var call = client.fullDuplexCall()) {
      call.send(StreamingOutputCallRequest.newBuilder().setResponseStatus(wanted).build());
      call.halfClose();
      expect(status, statusOf(call::receive), "status of the stream");
    }
  }

  static void unimplementedMethod(Channel channel) throws Exception {
    var client = new TestServiceClient(channel);
    expect(
        StatusCode.UNIMPLEMENTED,
        statusOf(() -> client.unimplementedCall(Empty.getDefaultInstance())).code(),
        "code");
  }

  static void unimplementedService(Channel channel) throws Exception {
    var client = new UnimplementedServiceClient(channel);
    expect(
        StatusCode.UNIMPLEMENTED,
        statusOf(() -> client.unimplementedCall(Empty.getDefaultInstance())).code(),
        "code");
  }

  static void timeoutOnSleepingServer(Channel channel) throws Exception {
    var client = new TestServiceClient(channel).with(CallOptions.timeout(Duration.ofMillis(1)));
    var status =
        statusOf(() -> {
          try (var call = client.fullDuplexCall()) {
            call.send(
                StreamingOutputCallRequest.newBuilder()
                    .setPayload(TestServer.payload(27_182))
                    .build());
            return call.receive();
          }
        });
    expect(StatusCode.DEADLINE_EXCEEDED, status.code(), "code");
  }

  private static Status statusOf(Callable<?> call) throws Exception {
    try {
      call.call();
    } catch (StatusException e) {
      return e.status();
    }
    return Status.OK;
  }
}
