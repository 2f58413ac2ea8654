package grpc.codec.gzip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GzipCompressorTest {
  private final GzipCompressor gzip = new GzipCompressor();

  private byte[] compress(byte[] message) throws IOException {
    var sink = new ByteArrayOutputStream();
    try (var stream = gzip.compress(sink)) {
      stream.write(message);
    }
    return sink.toByteArray();
  }

  private byte[] decompress(byte[] compressed) throws IOException {
    try (var stream = gzip.decompress(new ByteArrayInputStream(compressed))) {
      return stream.readAllBytes();
    }
  }

  @Test
  void messagesComeBackWhateverTheirSize() throws IOException {
    var random = new Random(1);
    for (int size : new int[] {0, 1, 4095, 4096, 100_000}) {
      var message = new byte[size];
      random.nextBytes(message);
      assertArrayEquals(message, decompress(compress(message)));
    }
  }

  @Test
  void corruptDataIsAnIoException() throws IOException {
    var compressed = compress(new byte[1000]);
    assertThrows(IOException.class, () -> decompress(new byte[] {1, 2, 3}));
    assertThrows(
        IOException.class, () -> decompress(Arrays.copyOf(compressed, compressed.length - 1)));
    compressed[compressed.length - 6] ^= 1; // the CRC
    assertThrows(IOException.class, () -> decompress(compressed));
  }
}
