package grpc.kernel.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.spi.codec.Compressor;
import grpc.spi.codec.Marshaller;
import grpc.spi.observe.CallObserver;
import grpc.spi.transport.Message;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
    var message =
        MessageEncoder.encode(BYTES, new byte[1000], DEFLATE, 1000, CallObserver.NONE, Side.SERVER);
    assertTrue(message.compressed());
    assertTrue(message.payload().remaining() < 100);
    assertArrayEquals(
        new byte[1000],
        MessageDecoder.decode(BYTES, message, DEFLATE, 1000, CallObserver.NONE, Side.SERVER));
  }

  @Test
  void bufferWithoutAnArrayIsReadToo() {
    var compressed =
        MessageEncoder.encode(BYTES, new byte[1000], DEFLATE, 1000, CallObserver.NONE, Side.SERVER)
            .payload();
    var direct = ByteBuffer.allocateDirect(100).put(compressed).flip().asReadOnlyBuffer();
    var message = new Message(true, direct);
    assertEquals(
        1000,
        MessageDecoder.decode(BYTES, message, DEFLATE, 1000, CallObserver.NONE, Side.SERVER)
            .length);
  }

  @Test
  void emptyMessageIsNeverCompressed() {
    assertFalse(
        MessageEncoder.encode(BYTES, new byte[0], DEFLATE, 0, CallObserver.NONE, Side.SERVER)
            .compressed());
  }

  @Test
  void limitHoldsWhileInflating() {
    var bomb =
        MessageEncoder.encode(
            BYTES, new byte[1 << 20], DEFLATE, 1 << 20, CallObserver.NONE, Side.SERVER);
    assertEquals(
        StatusCode.RESOURCE_EXHAUSTED,
        codeOf(() ->
            MessageDecoder.decode(
                BYTES, bomb, DEFLATE, (1 << 20) - 1, CallObserver.NONE, Side.SERVER)));
  }

  @Test
  void limitHoldsForPlainMessagesBothWays() {
    assertEquals(
        StatusCode.RESOURCE_EXHAUSTED,
        codeOf(() ->
            MessageEncoder.encode(BYTES, new byte[2], null, 1, CallObserver.NONE, Side.SERVER)));
    var two = new Message(false, ByteBuffer.allocate(2));
    assertEquals(
        StatusCode.RESOURCE_EXHAUSTED,
        codeOf(() -> MessageDecoder.decode(BYTES, two, null, 1, CallObserver.NONE, Side.SERVER)));
  }

  @Test
  void corruptOrUnexpectedlyCompressedDataIsInternal() {
    var junk = new Message(true, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertEquals(
        StatusCode.INTERNAL,
        codeOf(
            () -> MessageDecoder.decode(BYTES, junk, DEFLATE, 9, CallObserver.NONE, Side.SERVER)));
    assertEquals(
        StatusCode.INTERNAL,
        codeOf(() -> MessageDecoder.decode(BYTES, junk, null, 9, CallObserver.NONE, Side.SERVER)));
  }

  /** Fails at everything in this way. */
  private record Broken(String name, Supplier<RuntimeException> failure)
      implements Marshaller<byte[]> {
    @Override
    public ByteBuffer marshal(byte[] message) {
      throw failure.get();
    }

    @Override
    public byte[] unmarshal(ByteBuffer bytes) {
      throw failure.get();
    }

    @Override
    public Optional<String> messageName() {
      return Optional.of(name);
    }
  }

  /** Answers null to everything. */
  @SuppressWarnings("NullAway") // as a plugin may that no tool checks
  private static final class Nothing implements Marshaller<byte[]> {
    @Override
    public ByteBuffer marshal(byte[] message) {
      return null;
    }

    @Override
    public byte[] unmarshal(ByteBuffer bytes) {
      return null;
    }

    @Override
    public Optional<String> messageName() {
      throw new IllegalStateException("not this either");
    }
  }

  private static StatusException encoding(Marshaller<byte[]> by, Side side) {
    return assertThrows(
        StatusException.class,
        () -> MessageEncoder.encode(by, new byte[1], null, 9, CallObserver.NONE, side));
  }

  private static StatusException decoding(Marshaller<byte[]> by, Side side) {
    var one = new Message(false, ByteBuffer.allocate(1));
    return assertThrows(
        StatusException.class,
        () -> MessageDecoder.decode(by, one, null, 9, CallObserver.NONE, side));
  }

  @Test
  void strangersLearnTheNameOfTheMessageAndNoMore() {
    var broken = new Broken("acme.HelloRequest", () -> new IllegalStateException("/etc/secret"));
    assertEquals(
        Status.internal("cannot parse acme.HelloRequest"), decoding(broken, Side.SERVER).status());
    assertEquals(
        Status.internal("cannot marshal acme.HelloRequest"),
        encoding(broken, Side.SERVER).status());
    var nothing = new Nothing();
    assertEquals(
        Status.internal("cannot parse a message"), decoding(nothing, Side.SERVER).status());
    assertEquals(
        Status.internal("cannot marshal a message"), encoding(nothing, Side.SERVER).status());
    var junk = new Message(true, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    var e =
        assertThrows(
            StatusException.class,
            () -> MessageDecoder.decode(BYTES, junk, DEFLATE, 9, CallObserver.NONE, Side.SERVER));
    assertEquals(Status.internal("corrupt deflate data"), e.status());
  }

  @Test
  void marshallerThatThrowsIsInternal() {
    var broken = new Broken("acme.HelloRequest", () -> new IllegalStateException("broken"));
    for (var e : List.of(decoding(broken, Side.CLIENT), encoding(broken, Side.CLIENT))) {
      assertEquals(StatusCode.INTERNAL, e.code());
      assertTrue(e.status().message().contains(" acme.HelloRequest: marshaller "), e::getMessage);
      assertTrue(e.status().message().contains("IllegalStateException: broken"), e::getMessage);
    }
    var nothing = decoding(new Nothing(), Side.CLIENT).status().message();
    assertTrue(nothing.contains("NullPointerException: its message (expected: "), nothing);
    nothing = encoding(new Nothing(), Side.CLIENT).status().message();
    assertTrue(nothing.contains("NullPointerException: the message's bytes (expected: "), nothing);
  }

  @Test
  void messageThatNestsTooDeepIsInternal() {
    var deep =
        new Marshaller<byte[]>() {
          @Override
          public ByteBuffer marshal(byte[] message) {
            throw new StackOverflowError();
          }

          @Override
          public byte[] unmarshal(ByteBuffer bytes) {
            throw new StackOverflowError();
          }
        };
    assertEquals(StatusCode.INTERNAL, decoding(deep, Side.SERVER).code());
    assertEquals(StatusCode.INTERNAL, encoding(deep, Side.SERVER).code());
  }

  @Test
  void limitsSayWhoseTheyAreAndWhatRaisesThem() {
    var two = new Message(false, ByteBuffer.allocate(2));
    var messages = new ArrayList<String>();
    for (var side : Side.values()) {
      var received =
          assertThrows(
              StatusException.class,
              () -> MessageDecoder.decode(BYTES, two, null, 1, CallObserver.NONE, side));
      var sent =
          assertThrows(
              StatusException.class,
              () -> MessageEncoder.encode(BYTES, new byte[2], null, 1, CallObserver.NONE, side));
      messages.add(received.status().message());
      messages.add(sent.status().message());
    }
    assertEquals(
        List.of(
            "response message: 2 bytes (expected: at most 1, the client's limit: raise"
                + " maxReceiveMessageSize of GrpcChannelBuilder, or withMaxReceiveMessageSize of"
                + " the call's CallOptions)",
            "request message: 2 bytes (expected: at most 1, the client's limit: raise"
                + " maxSendMessageSize of GrpcChannelBuilder, or withMaxSendMessageSize of the"
                + " call's CallOptions)",
            "request message: 2 bytes (expected: at most 1, the server's limit: its operator can"
                + " raise maxReceiveMessageSize of GrpcServerBuilder)",
            "response message: 2 bytes (expected: at most 1, the server's limit: its operator can"
                + " raise maxSendMessageSize of GrpcServerBuilder)"),
        messages);
  }
}
