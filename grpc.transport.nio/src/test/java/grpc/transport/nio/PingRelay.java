package grpc.transport.nio;

import grpc.transport.nio.frame.FrameType;
import grpc.transport.nio.frame.FrameWriter;
import grpc.transport.nio.frame.Preface;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Stands between one client and its server and counts the PINGs that the client sends. */
final class PingRelay implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Semaphore pings = new Semaphore(0);

  PingRelay(SocketAddress server) throws IOException {
    Thread.startVirtualThread(() -> {
      try (var client = listener.accept();
          var onward = SocketChannel.open(server).socket()) {
        Thread.startVirtualThread(() -> copy(onward, client));
        forward(client, onward);
      } catch (IOException e) {
        // One of the two has gone: so has the other, now that both are closed.
      }
    });
  }

  SocketAddress address() {
    return listener.getLocalSocketAddress();
  }

  /** Waits for so many PINGs that are no answers. */
  boolean awaitPings(int count) throws InterruptedException {
    return pings.tryAcquire(count, TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // As above.
    }
  }

  private void forward(Socket client, Socket onward) throws IOException {
    var in = new DataInputStream(client.getInputStream());
    var out = onward.getOutputStream();
    out.write(in.readNBytes(Preface.SIZE));
    while (true) {
      byte[] header = new byte[FrameWriter.HEADER_SIZE];
      in.readFully(header);
      int length = (header[0] & 0xFF) << 16 | (header[1] & 0xFF) << 8 | header[2] & 0xFF;
      out.write(header);
      out.write(in.readNBytes(length));
      if (header[3] == FrameType.PING.code() && header[4] == 0) {
        pings.release();
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
