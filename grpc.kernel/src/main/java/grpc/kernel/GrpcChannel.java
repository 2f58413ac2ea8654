package grpc.kernel;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.api.ClientCall;
import grpc.api.ConnectivityState;
import grpc.api.ManagedChannel;
import grpc.api.MethodDescriptor;
import grpc.api.UnaryResponse;
import grpc.kernel.channel.ChannelCore;
import grpc.kernel.info.ChannelSnapshot;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.transport.NonBlockingThread;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A channel to one target: a client's connections to the servers behind a name. It connects with
 * the first call. Safe for use by any number of threads; make one, keep it, and close it at the
 * end: one that is collected before that leaves a warning in the log.
 */
public final class GrpcChannel implements ManagedChannel {
  private final ChannelCore core;
  private final Channel calls;
  private final OpenChannel open;

  GrpcChannel(ChannelCore core, Channel calls) {
    this.core = core;
    this.calls = calls;
    this.open = new OpenChannel(core.settings().target().toString());
    open.watch(this);
  }

  /**
   * {@return a channel to this target} See {@link #builder(String, ChannelCredentials)} for the
   * parameters, and {@link GrpcChannelBuilder#open} for what is thrown.
   */
  public static GrpcChannel open(String target, ChannelCredentials credentials) {
    return builder(target, credentials).open();
  }

  /**
   * {@return a builder of a channel to this target}
   *
   * @param target {@code host:port}, or {@code scheme://authority/endpoint} as in gRPC's naming
   *     document; without a scheme it is {@code dns}, without a port the credentials' default port
   * @param credentials how to protect the connections, for example {@link
   *     ChannelCredentials#plaintext}
   * @throws IllegalArgumentException if no transport can use these credentials
   */
  public static GrpcChannelBuilder builder(String target, ChannelCredentials credentials) {
    return new GrpcChannelBuilder(target, ChannelSecurity.of(credentials));
  }

  /**
   * {@return a builder of a channel to the server that listens on this address}
   *
   * @param credentials how to protect the connections, for example {@link
   *     ChannelCredentials#plaintext}
   * @throws IllegalArgumentException if no transport can use these credentials
   */
  public static GrpcChannelBuilder builder(SocketAddress address, ChannelCredentials credentials) {
    return new GrpcChannelBuilder(address, ChannelSecurity.of(credentials));
  }

  @Override
  public <Q, R> UnaryResponse<R> unary(
      MethodDescriptor<Q, R> method, Q request, CallOptions options) {
    return calls.unary(method, request, options);
  }

  @Override
  public <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, CallOptions options) {
    return calls.call(method, options);
  }

  @Override
  public ConnectivityState state() {
    return core.currentPicker().current().state();
  }

  @Override
  public ConnectivityState awaitChange(ConnectivityState seen, Duration timeout)
      throws InterruptedException {
    long until =
        core.settings().clock().nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    var selection = core.currentPicker().current();
    while (selection.state().equals(seen) && until - core.settings().clock().nanoTime() > 0) {
      selection = core.currentPicker().await(selection, until, () -> false);
    }
    return selection.state();
  }

  /**
   * {@return the channel at a moment not far from now, in one piece: what it resolved, the service
   * config in force and the last that was refused, the connections}
   *
   * @throws IllegalStateException on a thread that must not wait
   */
  public ChannelSnapshot snapshot() {
    NonBlockingThread.requireBlockingAllowed("a snapshot");
    return core.snapshot().join();
  }

  @Override
  public void connect() {
    core.connect();
  }

  @Override
  public void resetConnectBackoff() {
    core.resetBackoff();
  }

  @Override
  public boolean shutdown(Duration grace) throws InterruptedException {
    open.closed();
    try {
      return core.drain(grace);
    } finally {
      core.close();
    }
  }

  @Override
  public void close() {
    open.closed();
    core.close();
  }

  @Override
  public String toString() {
    return "GrpcChannel[" + core.settings().target() + "]";
  }
}
