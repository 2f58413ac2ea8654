package interop;

import com.google.protobuf.InvalidProtocolBufferException;
import grpc.api.CallContext;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import interop.proto.OrcaLoadReport;
import interop.proto.TestOrcaReport;
import java.util.Optional;

/** Load reports (A51), in the trailers of calls and elsewhere. */
final class Orca {
  private static final MetadataKey<byte[]> TRAILER =
      MetadataKey.binary("endpoint-load-metrics-bin");

  private Orca() {}

  /** Has the call that the thread answers carry a report of this load. */
  static void report(TestOrcaReport load) {
    CallContext.CURRENT.get().responseTrailers(Metadata.of(TRAILER, reportOf(load).toByteArray()));
  }

  /** {@return the report of this load} */
  static OrcaLoadReport reportOf(TestOrcaReport load) {
    return OrcaLoadReport.newBuilder()
        .setCpuUtilization(load.getCpuUtilization())
        .setMemUtilization(load.getMemoryUtilization())
        .putAllRequestCost(load.getRequestCostMap())
        .putAllUtilization(load.getUtilizationMap())
        .build();
  }

  /** {@return the report that came with a call, if one did} */
  static Optional<OrcaLoadReport> of(Metadata trailers) {
    return trailers
        .find(TRAILER)
        .map(bytes -> {
          try {
            return OrcaLoadReport.parseFrom(bytes);
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("endpoint-load-metrics-bin: " + e.getMessage(), e);
          }
        });
  }
}
