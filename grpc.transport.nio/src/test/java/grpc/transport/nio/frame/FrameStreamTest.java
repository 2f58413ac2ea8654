package grpc.transport.nio.frame;

import static grpc.transport.nio.frame.Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that arrive cut anywhere, or are no frames at all. */
final class FrameStreamTest {
  private static final byte[] ALL =
      Frames.join(
          frame(4, 0, 0, "0003 00000064"),
          frame(4, 1, 0, ""),
          frame(1, 0x20, 1, "80000001 ff 82"),
          frame(9, 0, 1, ""),
          frame(9, 0x4, 1, "83"),
          frame(0, 0, 1, "0102030405"),
          frame(0, 0x8, 1, "03 0607 000000"),
          frame(0, 0x8, 1, "00"),
          frame(0, 0x8, 1, "02 0000"),
          frame(0, 0x1, 1, ""),
          frame(8, 0, 3, "00000000"),
          frame(2, 0, 3, "00000001"),
          frame(2, 0, 3, "00000001 00"),
          frame(0x42, 0, 3, "0102"),
          frame(3, 0, 3, "00000008"),
          frame(6, 0, 0, "0102030405060708"),
          frame(8, 0, 0, "00000001"),
          frame(7, 0, 0, "00000001 00000000 6869"));

  @Test
  void bytesInStepsOfAnySizeTellTheSame() {
    List<String> whole = Frames.readInSteps(ALL, ALL.length);
    assertEquals(19, whole.size(), whole::toString);
    for (int step = 1; step < ALL.length; step++) {
      assertEquals(whole, Frames.readInSteps(ALL, step));
    }
  }

  @Test
  void cutOffAnywhereTellsABeginningOfTheSame() {
    List<String> whole = Frames.readInSteps(ALL, ALL.length);
    for (int length = 0; length < ALL.length; length++) {
      List<String> some = Frames.readInSteps(Arrays.copyOf(ALL, length), Math.max(length, 1));
      assertEquals(whole.subList(0, some.size()), some);
    }
  }

  @Test
  void directBufferTellsTheSame() throws ConnectionError {
    ByteBuffer direct = ByteBuffer.allocateDirect(ALL.length).put(ALL).flip();
    var log = new EventLog();
    new FrameReader(Frames.MAX_FRAME_SIZE).read(direct, log);
    assertEquals(Frames.readInSteps(ALL, ALL.length), log.events);
  }

  @Test
  void randomBytesThrowNothingElse() {
    var random = new Random(9113);
    int survived = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = randomFrames(random);
      int step = 1 + random.nextInt(bytes.length);
      List<String> events = Frames.readInSteps(bytes, step);
      assertEquals(Frames.readInSteps(bytes, bytes.length), events);
      if (events.isEmpty() || !events.getLast().startsWith("connection error")) {
        survived++;
      }
    }
    assertTrue(survived > 500, "too few inputs get past the first checks: " + survived);
  }

  /** Headers that are mostly plausible, so that random input gets deep. */
  private static byte[] randomFrames(Random random) {
    var out = ByteBuffer.allocate(400);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int length = random.nextInt(40);
      if (random.nextInt(3) == 0) {
        length = random.nextBoolean() ? 4 : 8;
      }
      out.putInt(length << 8 | random.nextInt(12));
      out.put((byte) (random.nextInt(4) == 0 ? random.nextInt() : 0x4));
      out.putInt(random.nextInt(4));
      var payload = new byte[length];
      random.nextBytes(payload);
      if (length > 0 && random.nextBoolean()) {
        payload[0] = (byte) random.nextInt(5);
      }
      out.put(payload);
    }
    return Arrays.copyOf(out.array(), out.position());
  }
}
