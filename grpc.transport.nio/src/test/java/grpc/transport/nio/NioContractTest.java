package grpc.transport.nio;

import grpc.spi.transport.TransportProvider;
import grpc.testing.contract.TransportContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

class NioContractTest extends TransportContract {
  private final NioTransportProvider provider = new NioTransportProvider();

  @Override
  public TransportProvider provider() {
    return provider;
  }

  @Override
  public SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  protected List<String> threads() {
    return LeakCheck.loops();
  }
}
