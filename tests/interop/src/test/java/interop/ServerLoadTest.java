package interop;

import static interop.OurClientAndOurServerTest.onVirtualThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import grpc.api.BidiStreamingCall;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import interop.proto.Empty;
import interop.proto.OpenRcaServiceClient;
import interop.proto.OrcaLoadReport;
import interop.proto.OrcaLoadReportRequest;
import interop.proto.ResponseParameters;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.StreamingOutputCallResponse;
import interop.proto.TestOrcaReport;
import interop.proto.TestServiceClient;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server says of its load out of band, and whom it lets decide on that. */
@Timeout(30)
class ServerLoadTest {
  private static final OrcaLoadReport NONE = OrcaLoadReport.getDefaultInstance();

  private GrpcServer server = serve(0);
  private final GrpcChannel channel =
      GrpcChannel.open("dns:///localhost:" + server.port(), ChannelCredentials.plaintext());
  private final TestServiceClient client = new TestServiceClient(channel);

  private static GrpcServer serve(int port) {
    return new TestServer()
        .on(GrpcServer.builder().listen(port, ServerCredentials.plaintext()))
        .start();
  }

  @AfterEach
  void close() {
    channel.close();
    server.close();
  }

  private OrcaLoadReport report() {
    try (var reports =
        new OpenRcaServiceClient(channel)
            .streamCoreMetrics(OrcaLoadReportRequest.getDefaultInstance())) {
      return reports.receive().orElseThrow();
    }
  }

  private static OrcaLoadReport cpu(double utilization) {
    return OrcaLoadReport.newBuilder().setCpuUtilization(utilization).build();
  }

  private static void decide(
      BidiStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call, double cpu) {
    call.send(
        StreamingOutputCallRequest.newBuilder()
            .setOrcaOobReport(TestOrcaReport.newBuilder().setCpuUtilization(cpu))
            .addResponseParameters(ResponseParameters.newBuilder().setSize(1))
            .build());
  }

  @Test
  void loadIsForgottenWithTheCallThatDecidedOnIt() {
    try (var call = client.fullDuplexCall()) {
      decide(call, 0.5);
      assertTrue(call.receive().isPresent());
      assertEquals(cpu(0.5), report());
      call.halfClose();
      assertTrue(call.receive().isEmpty());
    }
    assertEquals(NONE, report());
  }

  @Test
  void callThatWantsToDecideWaitsForTheOneThatHas() throws Exception {
    try (var first = client.fullDuplexCall();
        var second = client.fullDuplexCall()) {
      decide(first, 0.1);
      assertTrue(first.receive().isPresent());
      decide(second, 0.2);
      var answered = onVirtualThread(second::receive);
      decide(first, 0.3);
      assertTrue(first.receive().isPresent());
      assertEquals(cpu(0.3), report());
      first.halfClose();
      assertTrue(first.receive().isEmpty());
      assertTrue(answered.get().isPresent());
      assertEquals(cpu(0.2), report());
    }
  }

  @Test
  void intervalIsTheOneThatIsAskedForUnlessItIsTooShort() {
    var second = Duration.newBuilder().setSeconds(1).setNanos(5);
    assertEquals(
        TimeUnit.SECONDS.toNanos(1) + 5,
        ServerLoad.pauseNanos(
            OrcaLoadReportRequest.newBuilder().setReportInterval(second).build()));
    assertEquals(
        TimeUnit.MILLISECONDS.toNanos(100),
        ServerLoad.pauseNanos(OrcaLoadReportRequest.getDefaultInstance()));
  }

  @Test
  void reportsEndWhenTheServerDrains() throws Exception {
    var seldom =
        OrcaLoadReportRequest.newBuilder()
            .setReportInterval(Duration.newBuilder().setSeconds(3600))
            .build();
    try (var reports = new OpenRcaServiceClient(channel).streamCoreMetrics(seldom)) {
      assertEquals(Optional.of(NONE), reports.receive());
      server.drain();
      var end = assertThrows(StatusException.class, reports::receive);
      assertEquals(StatusCode.UNAVAILABLE, end.code());
      assertEquals("the server is draining", end.status().message());
    }
    server.await();
  }

  @Test
  void clientAsksAgainAfterItsServerHasComeBack() throws Exception {
    int port = server.port();
    try (var asking =
        GrpcChannel.builder("dns:///localhost:" + port, ChannelCredentials.plaintext())
            .balancingPolicy(BackendMetricsProvider.POLICY)
            .open()) {
      var seen = new AtomicReference<>(NONE);
      var wanting =
          new TestServiceClient(asking)
              .with(
                  CallOptions.DEFAULT
                      .withWaitForReady(true)
                      .withAttribute(BackendMetricsProvider.OUT_OF_BAND, seen));
      wanting.emptyCall(Empty.getDefaultInstance());
      assertTrue(server.shutdown(java.time.Duration.ofSeconds(20)));
      server = serve(port);
      wanting.emptyCall(Empty.getDefaultInstance());
      try (var call = new TestServiceClient(asking).fullDuplexCall()) {
        decide(call, 0.4);
        assertTrue(call.receive().isPresent());
        while (!seen.get().equals(cpu(0.4))) {
          wanting.emptyCall(Empty.getDefaultInstance());
        }
      }
    }
  }
}
