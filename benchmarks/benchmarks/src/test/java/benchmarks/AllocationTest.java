package benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import benchmarks.proto.Msg;
import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int CALLS = 20_000;

  /** 2 KB on each side, the messages of 10 bytes included; coverage's probes allocate nothing. */
  private static final long LIMIT = 2 * 2_048;

  @Test
  void unaryCallAllocatesLittle() {
    assumeTrue(Allocation.bytes() > 0, "jdk.management is not in this JVM: cannot be measured");
    try (var server =
            GrpcServer.builder()
                .listen(0, ServerCredentials.plaintext())
                .service(new BenchServer())
                .start();
        var channel =
            GrpcChannel.open("ipv4:127.0.0.1:" + server.port(), ChannelCredentials.plaintext())) {
      var bench = new benchmarks.proto.BenchClient(channel);
      call(bench);
      long before = Allocation.bytes();
      call(bench);
      long each = (Allocation.bytes() - before) / CALLS;
      assertTrue(
          each <= LIMIT,
          "a unary call allocates " + each + " bytes on both sides (limit: " + LIMIT + ")");
    }
  }

  private static void call(benchmarks.proto.BenchClient bench) {
    var message = Msg.getDefaultInstance();
    for (int i = 0; i < CALLS; i++) {
      bench.unary(message);
    }
  }
}
