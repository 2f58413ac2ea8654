package grpc.transport.inprocess;

import grpc.spi.transport.TransportProvider;
import grpc.testing.contract.TransportContract;
import java.net.SocketAddress;

class InProcessContractTest extends TransportContract {
  @Override
  public TransportProvider provider() {
    return new InProcessTransportProvider();
  }

  @Override
  public SocketAddress address() {
    return InProcessAddress.unique();
  }
}
