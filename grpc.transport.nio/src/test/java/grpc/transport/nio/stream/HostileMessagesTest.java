package grpc.transport.nio.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.transport.Message;
import grpc.transport.nio.stream.MessageDeframer.Malformed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of a stranger, in any pieces: a deframer fails in its own words, and loses no account. */
class HostileMessagesTest {
  private static final long SEED = 9113;
  private static final int ROUNDS = 20_000;
  private static final int LIMIT = 300;

  /** Bytes for an array of eight times what came. */
  private static final int GROWTH = 8;

  /** A twentieth of the flags and of the lengths is anything. */
  @Test
  void anyBytesInAnyPieces() {
    var random = new Random(SEED);
    int refused = 0;
    int whole = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = likelyBytes(random);
      var account = new Account(random.nextInt(2 * LIMIT));
      var deframer = new MessageDeframer();
      try {
        for (ByteBuffer piece : pieces(bytes, random)) {
          whole += readAll(deframer, piece, account);
          assertTrue(account.held <= GROWTH * bytes.length, "round " + round);
        }
      } catch (Malformed e) {
        refused++;
        assertTrue(e.status().message().length() < 300, "round " + round);
      }
      deframer.drop(account);
      assertEquals(0, account.held, "round " + round);
    }
    assertTrue(refused > ROUNDS / 10, refused + " refused");
    assertTrue(whole > ROUNDS / 10, whole + " messages");
  }

  private static byte[] likelyBytes(Random random) {
    var bytes = new byte[random.nextInt(400)];
    random.nextBytes(bytes);
    var at = ByteBuffer.wrap(bytes);
    while (at.remaining() > 5) {
      at.put((byte) random.nextInt(random.nextInt(20) > 0 ? 2 : 256));
      int length = random.nextInt(20) > 0 ? random.nextInt(LIMIT / 4) : random.nextInt();
      at.putInt(length);
      at.position(at.position() + Math.clamp(length, 0, at.remaining()));
    }
    return bytes;
  }

  private static int readAll(MessageDeframer deframer, ByteBuffer piece, Account account)
      throws Malformed {
    int whole = 0;
    for (var m = deframer.next(piece, LIMIT, account); m != null; whole++) {
      account.held -= deframer.takeCounted(m);
      m = deframer.next(piece, LIMIT, account);
    }
    assertEquals(0, piece.remaining());
    return whole;
  }

  /** Good messages arrive as they were sent, however they are cut. */
  @Test
  void goodMessagesInAnyPieces() throws Malformed {
    var random = new Random(SEED);
    for (int round = 0; round < ROUNDS / 10; round++) {
      var sent = new ArrayList<byte[]>();
      var wire = ByteBuffer.allocate(10_000);
      for (int i = random.nextInt(8); i > 0; i--) {
        var body = new byte[random.nextInt(LIMIT + 1)];
        random.nextBytes(body);
        sent.add(body);
        wire.put((byte) (body.length & 1)).putInt(body.length).put(body);
      }
      var bytes = new byte[wire.position()];
      wire.flip().get(bytes);
      var account = new Account(Integer.MAX_VALUE);
      var deframer = new MessageDeframer();
      var received = new ArrayList<Message>();
      for (ByteBuffer piece : pieces(bytes, random)) {
        for (var m = deframer.next(piece, LIMIT, account); m != null; ) {
          account.held -= deframer.takeCounted(m);
          received.add(m);
          m = deframer.next(piece, LIMIT, account);
        }
      }
      assertEquals(sent.size(), received.size(), "round " + round);
      for (int i = 0; i < sent.size(); i++) {
        var payload = received.get(i).payload();
        var body = new byte[payload.remaining()];
        payload.get(body);
        assertArrayEquals(sent.get(i), body);
        assertEquals((body.length & 1) == 1, received.get(i).compressed());
      }
      assertTrue(deframer.betweenMessages());
      assertEquals(0, account.held);
    }
  }

  private static List<ByteBuffer> pieces(byte[] bytes, Random random) {
    int longest = 1 + random.nextInt(random.nextBoolean() ? 4 : 1 + bytes.length);
    var pieces = new ArrayList<ByteBuffer>();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, random.nextInt(longest + 1));
      pieces.add(ByteBuffer.wrap(bytes, at, length));
      at += length;
    }
    return pieces;
  }
}
