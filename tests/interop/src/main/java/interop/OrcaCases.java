package interop;

import static interop.TestCase.expect;

import grpc.api.BidiStreamingCall;
import grpc.api.CallOptions;
import interop.proto.Empty;
import interop.proto.OrcaLoadReport;
import interop.proto.ResponseParameters;
import interop.proto.SimpleRequest;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.StreamingOutputCallResponse;
import interop.proto.TestOrcaReport;
import interop.proto.TestServiceClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Cases of load reports. */
final class OrcaCases {
  private static final TestOrcaReport LOAD =
      TestOrcaReport.newBuilder()
          .setCpuUtilization(0.8210)
          .setMemoryUtilization(0.5847)
          .putUtilization("util", 0.30499)
          .build();
  private static final TestOrcaReport NEXT_LOAD =
      TestOrcaReport.newBuilder()
          .setCpuUtilization(0.29309)
          .setMemoryUtilization(0.2)
          .putUtilization("util", 0.2039)
          .build();
  private static final double COST = 3456.32;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private OrcaCases() {}

  /** What a server reports with a call reaches the balancer that picked for it. */
  static void perRpc(Setup setup) {
    var wanted = LOAD.toBuilder().putRequestCost("cost", COST).build();
    var seen = new AtomicReference<>(OrcaLoadReport.getDefaultInstance());
    try (var channel =
        setup.another().get().balancingPolicy(BackendMetricsProvider.POLICY).open()) {
      new TestServiceClient(channel)
          .with(CallOptions.DEFAULT.withAttribute(BackendMetricsProvider.REPORT, seen))
          .unaryCall(SimpleRequest.newBuilder().setOrcaPerQueryReport(wanted).build());
    }
    expect(Orca.reportOf(wanted), seen.get(), "load report");
  }

  /** What a server reports at any time reaches the balancer that asks it. */
  static void outOfBand(Setup setup) throws InterruptedException {
    try (var channel =
        setup.another().get().balancingPolicy(BackendMetricsProvider.POLICY).open()) {
      var client = new TestServiceClient(channel);
      try (var call = client.fullDuplexCall()) {
        decide(call, LOAD);
        awaitReport(client, Orca.reportOf(LOAD));
        decide(call, NEXT_LOAD);
        awaitReport(client, Orca.reportOf(NEXT_LOAD));
        call.halfClose();
        expect(false, call.receive().isPresent(), "a response after the last");
      }
    }
  }

  private static void decide(
      BidiStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call,
      TestOrcaReport load) {
    call.send(
        StreamingOutputCallRequest.newBuilder()
            .setOrcaOobReport(load)
            .addResponseParameters(ResponseParameters.newBuilder().setSize(1))
            .build());
    expect(1, call.receive().orElseThrow().getPayload().getBody().size(), "size");
  }

  private static void awaitReport(TestServiceClient client, OrcaLoadReport expected)
      throws InterruptedException {
    var seen = new AtomicReference<>(OrcaLoadReport.getDefaultInstance());
    var wanting =
        client.with(CallOptions.DEFAULT.withAttribute(BackendMetricsProvider.OUT_OF_BAND, seen));
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      wanting.emptyCall(Empty.getDefaultInstance());
      if (seen.get().equals(expected)) {
        return;
      }
      if (System.nanoTime() - until > 0) {
        expect(expected, seen.get(), "load report after " + PATIENCE.toSeconds() + " s");
      }
      Thread.sleep(PAUSE);
    }
  }
}
