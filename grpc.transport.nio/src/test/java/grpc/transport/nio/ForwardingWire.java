package grpc.transport.nio;

import grpc.transport.nio.wire.Loop;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** A wire of which a test changes a part. */
abstract class ForwardingWire implements Wire {
  private final Wire wire;

  ForwardingWire(Wire wire) {
    this.wire = wire;
  }

  @Override
  public Loop loop() {
    return wire.loop();
  }

  @Override
  public SocketAddress remoteAddress() {
    return wire.remoteAddress();
  }

  @Override
  public SocketAddress localAddress() {
    return wire.localAddress();
  }

  @Override
  public int write(ByteBuffer out) throws IOException {
    return wire.write(out);
  }

  @Override
  public void awaitWritable() {
    wire.awaitWritable();
  }

  @Override
  public void writableSeen() {
    wire.writableSeen();
  }

  @Override
  public void reading(boolean on) {
    wire.reading(on);
  }

  @Override
  public void shutdownOutput() throws IOException {
    wire.shutdownOutput();
  }

  @Override
  public void close() {
    wire.close();
  }

  @Override
  public void again() {
    wire.again();
  }

  @Override
  public void fail(Throwable cause) {
    wire.fail(cause);
  }
}
