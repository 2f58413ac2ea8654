package grpc.codec.gzip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipCompressorLevelTest {
  /** Words that come again at distances that only a patient search finds. */
  private static final byte[] MESSAGE =
      new Random(1)
          .ints(20_000, 0, 500)
          .mapToObj(word -> Integer.toString(word * word, 36))
          .collect(Collectors.joining(" "))
          .getBytes(UTF_8);

  private static byte[] compress(GzipCompressor compressor) throws IOException {
    var sink = new ByteArrayOutputStream();
    try (var stream = compressor.compress(sink)) {
      stream.write(MESSAGE);
    }
    return sink.toByteArray();
  }

  @Test
  void higherLevelsMakeSmallerMessages() throws IOException {
    int fastest = compress(GzipCompressor.ofLevel(1)).length;
    int usual = compress(new GzipCompressor()).length;
    int smallest = compress(GzipCompressor.ofLevel(9)).length;
    assertTrue(fastest > usual, fastest + " > " + usual);
    assertTrue(usual > smallest, usual + " > " + smallest);
  }

  @Test
  void defaultIsLevelSix() throws IOException {
    assertArrayEquals(compress(GzipCompressor.ofLevel(6)), compress(new GzipCompressor()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void messagesOfEveryLevelAreReadByAnother(int level) throws IOException {
    var compressed = new ByteArrayInputStream(compress(GzipCompressor.ofLevel(level)));
    try (var stream = GzipCompressor.ofLevel(10 - level).decompress(compressed)) {
      assertArrayEquals(MESSAGE, stream.readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, -1, 0, 10})
  void otherLevelsAreRefused(int level) {
    var e = assertThrows(IllegalArgumentException.class, () -> GzipCompressor.ofLevel(level));
    assertEquals("gzip level: " + level + " (expected: 1 to 9)", e.getMessage());
  }
}
