package interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import interop.proto.TestServiceClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What only grpc-java's server can tell of our client. {@link OurClientAndOurServerTest} has all
 * that it answers.
 */
@Timeout(30)
class OurClientAndGrpcJavaServerTest {
  @Test
  void requestsAreCompressed() throws Exception {
    try (var backend = new GrpcJavaBackend(0);
        var channel = GrpcChannel.open(backend.target(), ChannelCredentials.plaintext())) {
      var gzip = new TestServiceClient(channel).with(CallOptions.DEFAULT.withCompressor("gzip"));
      var echo = OurClientAndOurServerTest.unary("echo");
      assertEquals(echo.getPayload(), gzip.unaryCall(echo).getPayload());
      assertEquals("gzip", backend.encodings.take());
    }
  }
}
