package grpc.transport.nio.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name's addresses, some of which take no connections. */
@Timeout(60)
class AddressRaceTest {
  private static final InetAddress V4 = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress V6 = InetAddress.ofLiteral("::1");

  private final LoopGroup loops = new LoopGroup(1, System::nanoTime);
  private final Loop loop = retain();
  private final List<AutoCloseable> open = new ArrayList<>();

  private Loop retain() {
    try {
      return loops.retain();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What became of the race: the address that is connected, or why none is. */
  private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();

  @AfterEach
  void close() throws Exception {
    for (var one : open.reversed()) {
      one.close();
    }
    loops.release();
  }

  private <T extends AutoCloseable> T closing(T one) {
    open.add(one);
    return one;
  }

  private final class Hearing implements Wire.Events {
    private final Wire wire;

    Hearing(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void connected() {
      closing(wire::close);
      outcomes.add(wire.remoteAddress().toString());
    }

    @Override
    public void received(ByteBuffer in) {}

    @Override
    public void readPassEnded() {}

    @Override
    public void writable() {}

    @Override
    public void endOfInput() {}

    @Override
    public void unfinished() {}

    @Override
    public void failed(IOException cause) {}
  }

  private AddressRace race(InetSocketAddress... addresses) {
    var race =
        new AddressRace(
            loop, Arrays.asList(addresses), Hearing::new, e -> outcomes.add(e.getMessage()));
    loop.execute(race::start);
    return race;
  }

  private InetSocketAddress listening() throws IOException {
    return (InetSocketAddress) closing(new ServerSocket(0, 50, V4)).getLocalSocketAddress();
  }

  /** A port where nobody listens, though nobody else gets it either. */
  private InetSocketAddress refusing(InetAddress ip) throws IOException {
    var channel = closing(SocketChannel.open());
    channel.bind(new InetSocketAddress(V4, 0));
    return new InetSocketAddress(ip, ((InetSocketAddress) channel.getLocalAddress()).getPort());
  }

  /** A listener whose queue is full, so that the kernel says nothing to who connects. */
  private InetSocketAddress silent() throws IOException {
    SocketAddress address = closing(new ServerSocket(0, 1, V4)).getLocalSocketAddress();
    for (int i = 0; i < 8; i++) {
      var channel = closing(SocketChannel.open());
      channel.configureBlocking(false);
      channel.connect(address);
    }
    return (InetSocketAddress) address;
  }

  @Test
  void addressThatRefusesIsPassedOver() throws Exception {
    var server = listening();
    race(refusing(V4), refusing(V6), server);
    assertEquals(server.toString(), outcomes.take());
  }

  @Test
  void addressThatIsSilentDoesNotHoldBackTheNext() throws Exception {
    var server = listening();
    race(silent(), silent(), server);
    assertEquals(server.toString(), outcomes.take());
  }

  @Test
  void failureNamesAllAddressesInTheOrderInWhichTheyWereTried() throws Exception {
    var ones = List.of(refusing(V4), refusing(V4), refusing(V4));
    var other = refusing(V6);
    race(ones.get(0), ones.get(1), ones.get(2), other);
    var expected =
        List.of(ones.get(0), other, ones.get(1), ones.get(2)).stream()
            .map(address ->
                (address.equals(other) ? "[0:0:0:0:0:0:0:1]" : "127.0.0.1")
                    + ":"
                    + address.getPort())
            .collect(Collectors.joining(" "));
    assertEquals(expected, outcomes.take().replaceAll(": [^;]*(; |$)", " ").strip());
  }

  @Test
  void lastAddressThatIsSilentIsWaitedFor() throws Exception {
    var race = race(refusing(V4), silent());
    loopIsIdle();
    assertTrue(outcomes.isEmpty(), outcomes::toString);
    loop.execute(race::cancel);
    loopIsIdle();
    assertTrue(outcomes.isEmpty(), "it was given up");
  }

  @Test
  void raceThatIsCancelledConnectsNoMore() throws Exception {
    var silent = silent();
    var server = listening();
    var race = race(silent, server);
    loop.execute(race::cancel); // before the server has its turn
    loopIsIdle();
    var toNext = new CompletableFuture<Long>();
    loop.execute(() -> toNext.complete(loop.timers().millisToNext()));
    assertEquals(0, toNext.get(), "the server has its turn still to come");
    assertTrue(outcomes.isEmpty(), outcomes::toString);
  }

  private void loopIsIdle() throws InterruptedException {
    var done = new CountDownLatch(1);
    loop.execute(done::countDown);
    done.await();
  }
}
