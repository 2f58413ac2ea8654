package interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.codec.gzip.GzipCompressor;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import interop.proto.TestServiceClient;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** grpc-java's server reads what our client compresses at the level that it chooses. */
@Timeout(30)
class CompressionLevelTest {
  /** Words that come again at distances that only a patient search finds. */
  private static final String MESSAGE =
      new Random(1)
          .ints(20_000, 0, 500)
          .mapToObj(word -> Integer.toString(word * word, 36))
          .collect(Collectors.joining(" "));

  /** Sums up what requests took on the wire. */
  private static final class WireBytes implements Observer, CallObserver {
    final AtomicInteger sent = new AtomicInteger();

    @Override
    public String name() {
      return "wire-bytes";
    }

    @Override
    public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
      return this;
    }

    @Override
    public void messageSent(int bytes, int wireBytes) {
      sent.addAndGet(wireBytes);
    }
  }

  private static int sentAt(Backend backend, int level) throws InterruptedException {
    var runtime =
        GrpcRuntime.builder().layer(ModuleLayer.boot()).add(GzipCompressor.ofLevel(level)).build();
    var wire = new WireBytes();
    try (var channel =
        GrpcChannel.builder(backend.target(), ChannelCredentials.plaintext())
            .runtime(runtime)
            .observe(wire)
            .open()) {
      var client = new TestServiceClient(channel).with(CallOptions.DEFAULT.withCompressor("gzip"));
      var request = OurClientAndOurServerTest.unary(MESSAGE);
      assertEquals(request.getPayload(), client.unaryCall(request).getPayload());
      assertEquals("gzip", backend.encodings.take());
    }
    return wire.sent.get();
  }

  @Test
  void serverReadsEachLevelAndTheLevelDecidesOnTheSize() throws Exception {
    try (var backend = new GrpcJavaBackend(0)) {
      int fastest = sentAt(backend, 1);
      int smallest = sentAt(backend, 9);
      assertTrue(fastest > smallest, fastest + " > " + smallest);
    }
  }
}
