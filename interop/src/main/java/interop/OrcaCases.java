package interop;

import static interop.TestCase.expect;

import grpc.api.CallOptions;
import interop.proto.OrcaLoadReport;
import interop.proto.SimpleRequest;
import interop.proto.TestOrcaReport;
import interop.proto.TestServiceClient;
import java.util.concurrent.atomic.AtomicReference;

/** Cases of load reports. */
final class OrcaCases {
  private static final double CPU = 0.8210;
  private static final double MEMORY = 0.5847;
  private static final double COST = 3456.32;
  private static final double UTILIZATION = 0.30499;

  private OrcaCases() {}

  /** What a server reports with a call reaches the balancer that picked for it. */
  static void perRpc(Setup setup) {
    var wanted =
        TestOrcaReport.newBuilder()
            .setCpuUtilization(CPU)
            .setMemoryUtilization(MEMORY)
            .putRequestCost("cost", COST)
            .putUtilization("util", UTILIZATION)
            .build();
    var expected =
        OrcaLoadReport.newBuilder()
            .setCpuUtilization(CPU)
            .setMemUtilization(MEMORY)
            .putRequestCost("cost", COST)
            .putUtilization("util", UTILIZATION)
            .build();
    var seen = new AtomicReference<>(OrcaLoadReport.getDefaultInstance());
    try (var channel =
        setup.another().get().balancingPolicy(BackendMetricsProvider.POLICY).open()) {
      new TestServiceClient(channel)
          .with(CallOptions.DEFAULT.withAttribute(BackendMetricsProvider.REPORT, seen))
          .unaryCall(SimpleRequest.newBuilder().setOrcaPerQueryReport(wanted).build());
    }
    expect(expected, seen.get(), "load report");
  }
}
