package grpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.codec.Compressor;
import grpc.testing.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tests that every compressor must pass. */
public abstract class CompressorContract {
  private static final int LONG = 4 << 20;

  /** For the subclass. */
  protected CompressorContract() {}

  /** {@return the compressor under test} */
  protected abstract Compressor compressor();

  private byte[] compress(byte[] message) throws IOException {
    var sink = new ByteArrayOutputStream();
    try (var out = compressor().compress(sink)) {
      out.write(message);
    }
    return sink.toByteArray();
  }

  private byte[] decompress(byte[] compressed) throws IOException {
    try (var in = compressor().decompress(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] noise(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** It becomes a header's value. */
  @Test
  public void encodingIsAToken() {
    assertTrue(compressor().encoding().matches("[a-z0-9][a-z0-9_.-]*"), compressor()::encoding);
    assertTrue(!compressor().encoding().equals("identity"), "identity is no compression");
  }

  /** The received bytes equal the sent ones, for any content. */
  @Test
  public void messagesComeBackEqual() {
    Seed.ofRun()
        .run(random -> {
          try {
            for (int length : new int[] {0, 1, 100, 65_535, 1 << 20}) {
              var noise = noise(random, length);
              assertArrayEquals(noise, decompress(compress(noise)));
              var zeros = new byte[length];
              assertArrayEquals(zeros, decompress(compress(zeros)));
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Repetitive content gets shorter. */
  @Test
  public void zerosGetShorter() throws IOException {
    assertTrue(compress(new byte[100_000]).length < 50_000, "it does not compress");
  }

  /** Each message is compressed in a context of its own. */
  @Test
  public void messagesThatAreCompressedAtOnceDoNotMix() throws IOException {
    var sinkA = new ByteArrayOutputStream();
    var sinkB = new ByteArrayOutputStream();
    try (var a = compressor().compress(sinkA);
        var b = compressor().compress(sinkB)) {
      for (int i = 0; i < 1000; i++) {
        a.write(i);
        b.write(-i);
      }
    }
    var a = decompress(sinkA.toByteArray());
    var b = decompress(sinkB.toByteArray());
    assertEquals(1000, a.length);
    for (int i = 0; i < a.length; i++) {
      assertEquals((byte) i, a[i]);
      assertEquals((byte) -i, b[i]);
    }
  }

  /** A reader that stops at its limit has not paid for the rest. */
  @Test
  public void decompressionGoesOnlyAsFarAsItIsRead() throws IOException {
    var compressed = compress(noise(new Random(1), LONG));
    var source = new ByteArrayInputStream(compressed);
    try (var in = compressor().decompress(source)) {
      assertTrue(in.read() >= 0);
      assertTrue(
          source.available() > compressed.length / 2,
          "one byte was asked for, and most of the message was decompressed");
    }
  }

  /** Truncated data is an error. */
  @Test
  public void truncatedDataIsAnError() throws IOException {
    var compressed = compress(noise(new Random(2), 1000));
    for (int length : new int[] {1, compressed.length / 2, compressed.length - 1}) {
      assertThrows(
          IOException.class,
          () -> decompress(Arrays.copyOf(compressed, length)),
          () -> "cut after " + length + " bytes");
    }
  }

  /** Data in another format is an IOException and no other exception. */
  @Test
  public void garbageIsAnError() {
    Seed.ofRun()
        .run(random -> {
          for (int i = 0; i < 100; i++) {
            var garbage = noise(random, 1 + random.nextInt(200));
            garbage[0] = 0x01; // no gzip, zlib, zstd or snappy message starts like this
            assertThrows(IOException.class, () -> decompress(garbage));
          }
        });
  }
}
