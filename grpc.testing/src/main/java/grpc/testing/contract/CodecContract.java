package grpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * The tests that every codec must pass.
 *
 * @param <T> a message type that it can carry
 */
public abstract class CodecContract<T> {
  private static final int THREADS = 8;

  /** A type that no codec knows. */
  private static final class Foreign {}

  /** For the subclass. */
  protected CodecContract() {}

  /** {@return the codec under test} */
  protected abstract Codec codec();

  /** {@return the type of the messages} */
  protected abstract Class<T> type();

  /** {@return some messages, an empty one and a long one among them} */
  protected abstract List<T> messages();

  private Marshaller<T> marshaller() {
    return codec().marshaller(type());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static void same(Object expected, Object actual) {
    assertTrue(
        Objects.deepEquals(expected, actual),
        () -> "expected: %s, but was: %s".formatted(expected, actual));
  }

  /** It becomes part of a media type: {@code application/grpc+name}. */
  @Test
  public void nameIsAContentSubtype() {
    assertTrue(codec().name().matches("[a-z0-9][a-z0-9.-]*"), codec()::name);
  }

  /** The received message equals the sent one. */
  @Test
  public void messagesComeBackEqual() {
    var marshaller = marshaller();
    for (T message : messages()) {
      same(message, marshaller.unmarshal(ByteBuffer.wrap(bytes(marshaller.marshal(message)))));
    }
  }

  /** A message that is sent twice, for instance by a retry, has the same bytes. */
  @Test
  public void marshallingLeavesTheMessageAsItWas() {
    var marshaller = marshaller();
    for (T message : messages()) {
      same(bytes(marshaller.marshal(message)), bytes(marshaller.marshal(message)));
    }
  }

  /** Bytes before the position and behind the limit belong to other messages. */
  @Test
  public void onlyTheBytesBetweenPositionAndLimitAreRead() {
    var marshaller = marshaller();
    for (T message : messages()) {
      var bytes = bytes(marshaller.marshal(message));
      var padded = ByteBuffer.allocate(bytes.length + 7);
      while (padded.hasRemaining()) {
        padded.put((byte) 0xff);
      }
      padded.put(3, bytes);
      same(message, marshaller.unmarshal(padded.duplicate().position(3).limit(3 + bytes.length)));
      same(message, marshaller.unmarshal(padded.slice(3, bytes.length)));
    }
  }

  /**
   * A type that the format cannot carry is an error when the method is looked up, not in a call.
   */
  @Test
  public void foreignTypesAreRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> codec().marshaller(Foreign.class));
    assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), "the message says nothing");
  }

  /** Marshallers are shared by all threads. */
  @Test
  public void threadsDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
    var marshaller = marshaller();
    Callable<Boolean> work =
        () -> {
          for (int i = 0; i < 100; i++) {
            for (T message : messages()) {
              same(
                  message,
                  marshaller.unmarshal(ByteBuffer.wrap(bytes(marshaller.marshal(message)))));
            }
          }
          return true;
        };
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var result : threads.invokeAll(Collections.nCopies(THREADS, work))) {
        assertEquals(true, result.get());
      }
    }
  }
}
