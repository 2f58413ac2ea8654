package interop;

import grpc.api.MethodDescriptor;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which of the messages that a channel receives came compressed, in their order. What the cases ask
 * for is all zeros, so a compressed message is shorter on the wire.
 */
final class Arrivals implements Observer, CallObserver {
  private final List<Boolean> compressed = new CopyOnWriteArrayList<>();

  @Override
  public String name() {
    return "arrivals";
  }

  @Override
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return this;
  }

  @Override
  public void messageReceived(int bytes, int wireBytes) {
    compressed.add(wireBytes < bytes);
  }

  List<Boolean> compressed() {
    return List.copyOf(compressed);
  }
}
