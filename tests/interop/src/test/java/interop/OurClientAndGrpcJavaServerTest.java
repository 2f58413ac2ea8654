package interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Our channel and generated stubs against grpc-java's server. */
class OurClientAndGrpcJavaServerTest extends OurClientAndOurServerTest {
  @Override
  Backend startOn(int port) throws Exception {
    return new GrpcJavaBackend(port);
  }

  @Override
  @Test
  void requestsAreCompressed() throws Exception {
    super.requestsAreCompressed();
    assertEquals("gzip", backend.encodings.take());
  }
}
