package grpc.codec.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RawCodecTest {
  private final RawCodec codec = new RawCodec();

  @Test
  void bytesAreTheMessage() {
    var arrays = codec.marshaller(byte[].class);
    assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), arrays.marshal(new byte[] {1, 2}));
    assertArrayEquals(
        new byte[] {2, 3}, arrays.unmarshal(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2)));
  }

  @Test
  void arrayMayBeUsedAgainOnceItIsSent() {
    var array = new byte[] {1, 2};
    var sent = codec.marshaller(byte[].class).marshal(array);
    array[0] = 3;
    assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), sent);
  }

  @Test
  void sendingABufferDoesNotMoveIt() {
    var buffers = codec.marshaller(ByteBuffer.class);
    var message = ByteBuffer.wrap(new byte[] {1, 2, 3});
    buffers.marshal(message).get();
    assertEquals(3, message.remaining());
    assertEquals(message, buffers.unmarshal(buffers.marshal(message)));
  }

  @Test
  void otherTypesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> codec.marshaller(String.class));
  }
}
