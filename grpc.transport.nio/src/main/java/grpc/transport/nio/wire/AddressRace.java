package grpc.transport.nio.wire;

import grpc.spi.failure.Reason;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of a name's addresses that accepts (RFC 8305 §5). It tries the next address
 * as soon as one has failed, or beside it after a quarter of a second, so that a silent address
 * does not use up the time of the others. Lives on its loop.
 */
final class AddressRace {
  /** RFC 8305 §5: the Connection Attempt Delay. */
  private static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

  private final Loop loop;
  private final Queue<InetSocketAddress> left;
  private final Function<Wire, Wire.Events> eventsOf;
  private final Consumer<IOException> failed;
  private final Set<Attempt> running = new HashSet<>();
  private final List<String> failures = new ArrayList<>();
  private LoopTimers.@Nullable Timer timer;
  private boolean over;

  /**
   * Does not connect yet.
   *
   * @param addresses at least one
   * @param eventsOf makes the receiver of the wire's events
   * @param failed gets the failure of all addresses, with the message of each
   */
  AddressRace(
      Loop loop,
      List<InetSocketAddress> addresses,
      Function<Wire, Wire.Events> eventsOf,
      Consumer<IOException> failed) {
    this.loop = loop;
    this.left = alternating(addresses);
    this.eventsOf = eventsOf;
    this.failed = failed;
  }

  /** RFC 8305 §4: the two families in turn, beginning with the family of the first. */
  private static Queue<InetSocketAddress> alternating(List<InetSocketAddress> addresses) {
    var ones = new ArrayDeque<InetSocketAddress>();
    var others = new ArrayDeque<InetSocketAddress>();
    boolean first = isV6(addresses.getFirst());
    addresses.forEach(address -> (isV6(address) == first ? ones : others).add(address));
    var order = new ArrayDeque<InetSocketAddress>();
    while (!ones.isEmpty() || !others.isEmpty()) {
      take(ones, order);
      take(others, order);
    }
    return order;
  }

  private static void take(Queue<InetSocketAddress> from, Queue<InetSocketAddress> to) {
    var next = from.poll();
    if (next != null) {
      to.add(next);
    }
  }

  private static boolean isV6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  void start() {
    next();
  }

  /** Gives up all attempts that are not connected yet. */
  void cancel() {
    if (!over) {
      end();
    }
  }

  private void next() {
    stopWaiting();
    var address = left.poll();
    if (address != null) {
      new Attempt(address).begin();
    } else if (running.isEmpty() && !over) {
      end();
      failed.accept(new IOException(String.join("; ", failures)));
    }
  }

  private void end() {
    over = true;
    stopWaiting();
    left.clear();
    running.forEach(Attempt::close);
    running.clear();
  }

  private void stopWaiting() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private final class Attempt implements Loop.Channel {
    private final InetSocketAddress address;
    private @Nullable SocketChannel channel;

    Attempt(InetSocketAddress address) {
      this.address = address;
    }

    void begin() {
      try {
        var opened = SocketChannel.open();
        channel = opened;
        running.add(this);
        opened.configureBlocking(false);
        if (opened.connect(address)) {
          won(opened);
        } else {
          loop.register(opened, SelectionKey.OP_CONNECT, this);
          timer = loop.timers().schedule(ATTEMPT_DELAY.toNanos(), AddressRace.this::next);
        }
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
      var connecting = channel;
      if (!over && connecting != null && connecting.finishConnect()) {
        won(connecting);
      }
    }

    private void won(SocketChannel connected) {
      running.remove(this);
      end();
      TcpWire.connected(loop, connected, address, eventsOf, () -> {});
    }

    @Override
    public void failed(Throwable cause) {
      close();
      if (!over) {
        running.remove(this);
        failures.add(name() + ": " + Reason.of(cause));
        next();
      } else if (!running.contains(this)) {
        failed.accept(new IOException(name() + ": " + Reason.of(cause), cause));
      }
    }

    @Override
    public void armAgain(SelectionKey key) {
      if (key.isValid()) {
        key.interestOps(0);
        key.interestOps(SelectionKey.OP_CONNECT);
      }
    }

    /** The address without the name that was looked up, with brackets around IPv6. */
    private String name() {
      String ip = address.getAddress().getHostAddress();
      return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + address.getPort();
    }

    void close() {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException e) {
        // the descriptor is gone either way
      }
    }
  }
}
