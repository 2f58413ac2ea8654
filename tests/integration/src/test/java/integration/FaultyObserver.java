package integration;

import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import grpc.spi.observe.ServerCallStart;
import java.net.SocketAddress;

/**
 * Throws from whatever it is told.
 *
 * @param late whether it answers who hears of a call, and throws only from then on
 */
record FaultyObserver(boolean late) implements Observer {
  private static IllegalStateException fault() {
    return new IllegalStateException("faulty");
  }

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return call();
  }

  @Override
  public CallObserver serverCall(ServerCallStart call) {
    return call();
  }

  @Override
  public void refused(String method, Peer peer, Status status) {
    throw fault();
  }

  @Override
  public void serverConnectionOpened(Peer client) {
    throw fault();
  }

  @Override
  public void serverConnectionClosed(Peer client, Status reason) {
    throw fault();
  }

  @Override
  public void clientConnectionOpened(String target, SocketAddress address) {
    throw fault();
  }

  @Override
  public void clientConnectionClosed(String target, SocketAddress address, Status reason) {
    throw fault();
  }

  private CallObserver call() {
    if (late) {
      return new FaultyCall();
    }
    throw fault();
  }

  private record FaultyCall() implements CallObserver {
    @Override
    public AttemptObserver attempt(int previous, boolean transparent) {
      return new FaultyAttempt();
    }

    @Override
    public void resolved(long waitedNanos) {
      throw fault();
    }

    @Override
    public void messageSent(int bytes, int wireBytes) {
      throw fault();
    }

    @Override
    public void messageReceived(int bytes, int wireBytes) {
      throw fault();
    }

    @Override
    public void ended(Status status) {
      throw fault();
    }
  }

  private record FaultyAttempt() implements AttemptObserver {
    @Override
    public Metadata headers() {
      throw fault();
    }

    @Override
    public void picked(SocketAddress address, long waitedNanos) {
      throw fault();
    }

    @Override
    public void messageSent(int wireBytes) {
      throw fault();
    }

    @Override
    public void messageReceived(int wireBytes) {
      throw fault();
    }

    @Override
    public void ended(Status status) {
      throw fault();
    }
  }
}
