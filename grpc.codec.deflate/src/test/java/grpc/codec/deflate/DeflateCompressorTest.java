package grpc.codec.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class DeflateCompressorTest {
  private final DeflateCompressor deflate = new DeflateCompressor();

  private byte[] compress(byte[] message) throws IOException {
    var sink = new ByteArrayOutputStream();
    try (var stream = deflate.compress(sink)) {
      stream.write(message);
    }
    return sink.toByteArray();
  }

  private byte[] decompress(byte[] compressed) throws IOException {
    try (var stream = deflate.decompress(new ByteArrayInputStream(compressed))) {
      return stream.readAllBytes();
    }
  }

  @Test
  void messagesComeBackWhateverTheirSize() throws IOException {
    var random = new Random(1);
    for (int size : new int[] {0, 1, 4096, 100_000}) {
      var message = new byte[size];
      random.nextBytes(message);
      assertArrayEquals(message, decompress(compress(message)));
    }
  }

  @Test
  void theFormatIsZlib() throws IOException {
    assertEquals(0x78, compress(new byte[10])[0]); // RFC 1950 §2.2: deflate, 32 KiB window
  }

  @Test
  void corruptDataIsAnIoException() throws IOException {
    var compressed = compress(new byte[1000]);
    assertThrows(IOException.class, () -> decompress(new byte[] {1, 2, 3}));
    assertThrows(
        IOException.class, () -> decompress(Arrays.copyOf(compressed, compressed.length - 5)));
    compressed[compressed.length - 1] ^= 1; // the checksum
    assertThrows(IOException.class, () -> decompress(compressed));
  }

  @Test
  void bytesBehindTheEndAreRefused() throws IOException {
    var random = new Random(2);
    for (int size = 480; size < 540; size++) { // the end is near that of the inflater's buffer
      var message = new byte[size];
      random.nextBytes(message);
      var compressed = compress(message);
      for (int more : new int[] {1, 2_000}) {
        var longer = Arrays.copyOf(compressed, compressed.length + more);
        assertEquals(
            "bytes behind the end of the deflate data (expected: its end)",
            assertThrows(ZipException.class, () -> decompress(longer)).getMessage());
      }
    }
  }

  @Test
  void theEndMayBeReadAgain() throws IOException {
    var compressed = new ByteArrayInputStream(compress(new byte[] {5}));
    try (var stream = deflate.decompress(compressed)) {
      assertEquals(5, stream.read());
      assertEquals(-1, stream.read());
      assertEquals(-1, stream.read());
    }
  }
}
