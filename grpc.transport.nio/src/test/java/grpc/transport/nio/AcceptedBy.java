package grpc.transport.nio;

import grpc.transport.nio.wire.Acceptor;
import grpc.transport.nio.wire.Loop;
import grpc.transport.nio.wire.Wire;
import java.util.function.Function;

/** Has one loop serve all that connects. */
record AcceptedBy(Loop loop, Function<Wire, Wire.Events> eventsOf, Runnable free)
    implements Acceptor.Events {
  @Override
  public Wire.Events connected(Wire wire) {
    return eventsOf.apply(wire);
  }

  @Override
  public void neverConnected() {
    throw new AssertionError("there is a loop and memory");
  }

  @Override
  public void closed() {
    free.run();
  }
}
