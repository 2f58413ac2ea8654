package grpc.testing.contract;

import grpc.spi.transport.TransportProvider;
import java.net.SocketAddress;

/** The transport that a {@link TransportContract} tests. You implement it. */
public interface TransportUnderTest {
  /** {@return the transport under test, always the same one} */
  TransportProvider provider();

  /** {@return an address for a server; another one each time, or one with port 0} */
  SocketAddress address();
}
