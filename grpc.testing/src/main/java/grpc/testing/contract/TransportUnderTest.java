package grpc.testing.contract;

import grpc.spi.transport.TransportProvider;
import java.net.SocketAddress;

/** The transport that a {@link TransportContract} tests, as its author gives it. */
public interface TransportUnderTest {
  /** {@return the transport under test, always the same one} */
  TransportProvider provider();

  /** {@return where a server may listen; another each time, or one that makes it so: port 0} */
  SocketAddress address();
}
