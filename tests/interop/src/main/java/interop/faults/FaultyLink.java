package interop.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server that can be made to fail: it accepts TCP connections and passes their bytes on,
 * a thread a direction, as the present {@link Fault} has it.
 *
 * <p>They are platform threads. Sockets of virtual threads are watched by epoll, and Linux (6.18,
 * by experiment) closes a socket that another thread's epoll_wait is looking at only when that call
 * returns, which may be when the next connection comes: the peer would hear of no reset.
 */
final class FaultyLink implements AutoCloseable {
  private static final int PIECE = 8 * 1024;

  private final int target;
  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = new Fault.None();

  /** A sound link to this port of this machine. */
  FaultyLink(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("link", this::accept);
  }

  private static void start(String name, Runnable task) {
    Thread.ofPlatform().daemon().name(name).start(task);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** {@return how many connections go through it} */
  int connections() {
    return connections.size();
  }

  /** Fails like this from now on. */
  void fail(Fault next) {
    synchronized (this) {
      fault = next;
      notifyAll();
    }
    connections.forEach(Connection::strike);
  }

  /** Is sound again. */
  void heal() {
    fail(new Fault.None());
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        try {
          new Connection(client, new Socket(listener.getInetAddress(), target)).start();
        } catch (IOException e) {
          client.close(); // the server is gone: so is this connection
        }
      }
    } catch (IOException e) {
      connections.forEach(Connection::close); // closed
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    heal();
    connections.forEach(Connection::close);
  }

  /** One connection through the link. */
  private final class Connection {
    private final Socket client;
    private final Socket server;
    private boolean incomplete; // under the monitor, as is the next
    private boolean vanished;

    Connection(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    void start() {
      connections.add(this);
      FaultyLink.start("link requests", () -> pump(client, server));
      FaultyLink.start("link responses", () -> pump(server, client));
      strike();
    }

    /** Suffers a fault that does not wait for bytes. */
    synchronized void strike() {
      switch (fault) {
        case Fault.None none when incomplete && !vanished -> reset();
        case Fault.Reset reset -> reset();
        case Fault.HalfClose half -> end(half.half());
        case Fault.Vanish vanish -> {
          vanished = true;
          incomplete = true;
        }
        case Fault.None n -> {}
        case Fault.Delay d -> {}
        case Fault.Split s -> {}
        case Fault.Stall s -> {}
        case Fault.Drop d -> {}
      }
    }

    private void end(Fault.Half half) {
      try {
        switch (half) {
          case REQUESTS -> server.shutdownOutput();
          case RESPONSES -> client.shutdownOutput();
        }
      } catch (IOException e) {
        close(); // it has ended otherwise
      }
    }

    private void pump(Socket from, Socket to) {
      var piece = new byte[PIECE];
      try (from;
          to) {
        for (int n = from.getInputStream().read(piece);
            n >= 0;
            n = from.getInputStream().read(piece)) {
          pass(piece, n, to);
        }
      } catch (IOException e) {
        reset(); // one side ended: so does the other
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nobody has this thread to interrupt it
      } finally {
        connections.remove(this);
      }
    }

    private void pass(byte[] piece, int length, Socket to)
        throws IOException, InterruptedException {
      var out = to.getOutputStream();
      while (fault instanceof Fault.Stall) {
        synchronized (FaultyLink.this) {
          if (fault instanceof Fault.Stall) {
            FaultyLink.this.wait();
          }
        }
      }
      if (swallows()) {
        return;
      }
      switch (fault) {
        case Fault.Split split -> {
          for (int i = 0; i < length; i++) {
            out.write(piece, i, 1);
          }
        }
        case Fault.Delay delay -> {
          Thread.sleep(delay.time());
          out.write(piece, 0, length);
        }
        case Fault.None n -> out.write(piece, 0, length);
        case Fault.Stall s -> out.write(piece, 0, length);
        case Fault.Drop d -> out.write(piece, 0, length); // it began just now
        case Fault.Vanish v -> out.write(piece, 0, length);
        case Fault.Reset r -> out.write(piece, 0, length);
        case Fault.HalfClose h -> out.write(piece, 0, length);
      }
    }

    /** Whether this piece is lost; what comes after a gap must not arrive either. */
    private synchronized boolean swallows() {
      incomplete |= fault instanceof Fault.Drop;
      return incomplete;
    }

    private void reset() {
      try {
        client.setSoLinger(true, 0);
        server.setSoLinger(true, 0);
      } catch (IOException e) {
        // closed already
      }
      close();
    }

    void close() {
      try (client;
          server) {
        connections.remove(this);
      } catch (IOException e) {
        // nothing is left to do for it
      }
    }
  }
}
