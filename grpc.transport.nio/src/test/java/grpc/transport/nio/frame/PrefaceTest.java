package grpc.transport.nio.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PrefaceTest {
  private final Preface preface = new Preface();

  @Test
  void prefaceMayComeByteByByte() throws ConnectionError {
    var out = ByteBuffer.allocate(Preface.SIZE);
    Preface.write(out);
    for (int i = 0; i < Preface.SIZE; i++) {
      assertEquals(i == Preface.SIZE - 1, preface.read(ByteBuffer.wrap(out.array(), i, 1)));
    }
  }

  @Test
  void whatFollowsIsLeftInTheBuffer() throws ConnectionError {
    var in = ByteBuffer.allocate(30);
    Preface.write(in);
    in.putInt(7).flip();
    assertTrue(preface.read(in));
    assertEquals(4, in.remaining());
  }

  @Test
  void otherProtocolIsRefusedAtItsFirstWrongByte() {
    var in = ByteBuffer.wrap("PUT / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
    var error = assertThrows(ConnectionError.class, () -> preface.read(in));
    assertEquals(ErrorCode.PROTOCOL_ERROR, error.code());
    assertTrue(error.getMessage().contains("byte 1 differs"), error.getMessage());
  }
}
