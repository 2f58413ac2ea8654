package grpc.kernel.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.spi.codec.Compressor;
import grpc.spi.codec.Marshaller;
import grpc.spi.observe.CallObserver;
import grpc.spi.transport.Message;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class MessageCodingTest {
  private static final Marshaller<byte[]> BYTES =
      new Marshaller<>() {
        @Override
        public ByteBuffer marshal(byte[] message) {
          return ByteBuffer.wrap(message);
        }

        @Override
        public byte[] unmarshal(ByteBuffer bytes) {
          var copy = new byte[bytes.remaining()];
          bytes.get(copy);
          return copy;
        }
      };

  private static final Compressor DEFLATE =
      new Compressor() {
        @Override
        public String encoding() {
          return "deflate";
        }

        @Override
        public OutputStream compress(OutputStream sink) {
          return new DeflaterOutputStream(sink);
        }

        @Override
        public InputStream decompress(InputStream source) {
          return new InflaterInputStream(source);
        }
      };

  private static StatusCode codeOf(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(StatusException.class, action).code();
  }

  @Test
  void compressedMessageComesBack() {
    var message = MessageEncoder.encode(BYTES, new byte[1000], DEFLATE, 1000, CallObserver.NONE);
    assertTrue(message.compressed());
    assertTrue(message.payload().remaining() < 100);
    assertArrayEquals(
        new byte[1000], MessageDecoder.decode(BYTES, message, DEFLATE, 1000, CallObserver.NONE));
  }

  @Test
  void bufferWithoutAnArrayIsReadToo() {
    var compressed =
        MessageEncoder.encode(BYTES, new byte[1000], DEFLATE, 1000, CallObserver.NONE).payload();
    var direct = ByteBuffer.allocateDirect(100).put(compressed).flip().asReadOnlyBuffer();
    var message = new Message(true, direct);
    assertEquals(
        1000, MessageDecoder.decode(BYTES, message, DEFLATE, 1000, CallObserver.NONE).length);
  }

  @Test
  void emptyMessageIsNeverCompressed() {
    assertFalse(
        MessageEncoder.encode(BYTES, new byte[0], DEFLATE, 0, CallObserver.NONE).compressed());
  }

  @Test
  void limitHoldsWhileInflating() {
    var bomb = MessageEncoder.encode(BYTES, new byte[1 << 20], DEFLATE, 1 << 20, CallObserver.NONE);
    assertEquals(
        StatusCode.RESOURCE_EXHAUSTED,
        codeOf(
            () -> MessageDecoder.decode(BYTES, bomb, DEFLATE, (1 << 20) - 1, CallObserver.NONE)));
  }

  @Test
  void limitHoldsForPlainMessagesBothWays() {
    assertEquals(
        StatusCode.RESOURCE_EXHAUSTED,
        codeOf(() -> MessageEncoder.encode(BYTES, new byte[2], null, 1, CallObserver.NONE)));
    var two = new Message(false, ByteBuffer.allocate(2));
    assertEquals(
        StatusCode.RESOURCE_EXHAUSTED,
        codeOf(() -> MessageDecoder.decode(BYTES, two, null, 1, CallObserver.NONE)));
  }

  @Test
  void corruptOrUnexpectedlyCompressedDataIsInternal() {
    var junk = new Message(true, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertEquals(
        StatusCode.INTERNAL,
        codeOf(() -> MessageDecoder.decode(BYTES, junk, DEFLATE, 9, CallObserver.NONE)));
    assertEquals(
        StatusCode.INTERNAL,
        codeOf(() -> MessageDecoder.decode(BYTES, junk, null, 9, CallObserver.NONE)));
  }

  @Test
  void marshallerThatThrowsIsInternal() {
    Marshaller<byte[]> broken =
        new Marshaller<>() {
          @Override
          public ByteBuffer marshal(byte[] message) {
            throw new IllegalStateException("broken");
          }

          @Override
          public byte[] unmarshal(ByteBuffer bytes) {
            throw new IllegalStateException("broken");
          }
        };
    assertEquals(
        StatusCode.INTERNAL,
        codeOf(() -> MessageEncoder.encode(broken, new byte[1], null, 9, CallObserver.NONE)));
    var one = new Message(false, ByteBuffer.allocate(1));
    assertEquals(
        StatusCode.INTERNAL,
        codeOf(() -> MessageDecoder.decode(broken, one, null, 9, CallObserver.NONE)));
  }
}
