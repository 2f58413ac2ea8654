package grpc.transport.nio.server;

import grpc.spi.transport.InboundMemory;
import grpc.transport.nio.flow.BdpEstimator;
import grpc.transport.nio.stream.ReceiveBudget;
import grpc.transport.nio.wire.SeldomLog;
import java.net.SocketAddress;
import org.slf4j.LoggerFactory;

/** The share of one connection's requests in the server's memory for messages. */
final class RequestBudget implements ReceiveBudget {
  private static final SeldomLog REFUSED =
      new SeldomLog(LoggerFactory.getLogger("grpc.http2"), System::nanoTime);

  private final InboundMemory memory;
  private final InboundMemory.Account account;
  private final SocketAddress client;

  RequestBudget(InboundMemory memory, SocketAddress client) {
    this.memory = memory;
    this.account = memory.account();
    this.client = client;
  }

  @Override
  public boolean charge(int bytes) {
    boolean may = account.charge(bytes);
    if (!may) {
      REFUSED.warn(
          "a call of %s is refused: messages that are incomplete or not yet read hold %d of %d bytes (a connection may hold %d); see GrpcServerBuilder.inboundMemory"
              .formatted(client, memory.used(), memory.inAll(), memory.perConnection()));
    }
    return may;
  }

  @Override
  public void release(int bytes) {
    account.release(bytes);
  }

  @Override
  public boolean windowsMayGrow() {
    return memory.perConnection() >= 2L * BdpEstimator.MOST;
  }
}
