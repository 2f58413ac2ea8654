package interop;

/** Our client, the example's proxy, grpc-java's server: all that a proxy must let through. */
class ThroughProxyTest extends OurClientAndOurServerTest {
  @Override
  Backend startOn(int port) throws Exception {
    return new ProxiedBackend(port);
  }
}
