package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The writer's hand-over over real sockets that take a part of what they are given, at random: many
 * threads send on many streams of one connection, both ways. A failure names its seed, which {@code
 * -Dtenon.stress.seed} repeats.
 */
@ExtendWith(LeakCheck.class)
class ShortWritesTest {
  private static final int STREAMS = 48;
  private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int LARGE = 40_000;
  private static final int SMALL = 300;
  private static final int ROUNDS = 30;
  private static final Duration BRIEFLY = Duration.ofMillis(1);

  /** Fewer than fill all windows, so that so many are sent whatever the server does. */
  private static final int SENT_FOR_SURE = 150;

  private static final int OF_ROUND = 20_000;

  private final long seed = Long.getLong("tenon.stress.seed", System.nanoTime());
  private final EchoServer echo = new EchoServer();
  private ShortWrites peers;

  @BeforeEach
  void listen() throws IOException {
    peers = new ShortWrites(echo, STREAMS, seed);
  }

  @AfterEach
  void close() throws Exception {
    peers.close();
  }

  private String seeded(String what) {
    return what + "; seed " + seed;
  }

  @Test
  void everyStreamsBytesComeOnceAndInOrder() throws Exception {
    var client = peers.connect();
    long end = System.nanoTime() + RUN_NANOS;
    var counts = new AtomicInteger();
    Loopback.parallel(STREAMS, i -> counts.addAndGet(talk(client, i, end)));
    assertTrue(counts.get() > STREAMS, seeded("only " + counts + " messages came"));
    assertTrue(peers.shortWrites() > STREAMS, seeded("hardly a write was short"));
  }

  private int talk(ShortWrites.Client client, int index, long end) throws Exception {
    ClientStream stream = client.start("/t.Echo/Bidi");
    var received = new FutureTask<>(() -> receive(stream, index));
    Thread.startVirtualThread(received);
    var sent = new FutureTask<>(() -> send(stream, index, end));
    (index % 4 == 0 ? Thread.ofPlatform() : Thread.ofVirtual()).start(sent);
    int count = received.get(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertEquals(Status.OK, stream.end().status(), seeded("stream " + index));
    assertEquals(sent.get(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS), count, seeded("count"));
    return count;
  }

  private int send(ClientStream stream, int index, long end) throws InterruptedException {
    int n = 0;
    while (System.nanoTime() < end && stream.send(TestClient.message(bytes(index, n)))) {
      n++;
    }
    stream.halfClose();
    return n;
  }

  private int receive(ClientStream stream, int index) throws InterruptedException {
    int n = 0;
    for (Optional<Message> m = stream.receive(); m.isPresent(); m = stream.receive()) {
      assertArrayEquals(
          bytes(index, n), TestClient.bytes(m.get()), seeded("stream " + index + " at " + n));
      n++;
    }
    return n;
  }

  /** {@return what the message of this number has} */
  private byte[] bytes(int stream, int number) {
    var random = new SplittableRandom(seed ^ ((long) stream << 32 | number));
    byte[] bytes = new byte[random.nextInt(random.nextInt(4) == 0 ? LARGE : SMALL)];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void closingWakesEverySenderThatWaits() throws Exception {
    echo.onTake(); // no permits: nothing is read
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      var client = peers.connect();
      boolean whenAllWait = random.nextInt(3) == 0;
      int last = whenAllWait ? Integer.MAX_VALUE : 1 + random.nextInt(SENT_FOR_SURE);
      var sent = new AtomicInteger();
      List<Thread> senders = new ArrayList<>();
      List<ClientStream> streams = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        ClientStream stream = client.start("/t.Echo/Take");
        streams.add(stream);
        Thread.Builder builder = i % 4 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
        senders.add(
            builder.start(() -> {
              try {
                while (stream.send(TestClient.message(new byte[OF_ROUND]))) {
                  if (sent.incrementAndGet() == last) {
                    client.close();
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
      }
      if (whenAllWait) {
        for (Thread sender : senders) {
          while (!sender.join(BRIEFLY) && sender.getState() != Thread.State.WAITING) {
            // it still sends
          }
        }
        client.close();
      }
      for (Thread sender : senders) {
        sender.join(Duration.ofSeconds(TestClient.PATIENCE_SECONDS));
        assertFalse(sender.isAlive(), seeded("nobody woke a sender in round " + round));
      }
      for (ClientStream stream : streams) {
        assertFalse(stream.end().status().isOk());
      }
    }
  }
}
