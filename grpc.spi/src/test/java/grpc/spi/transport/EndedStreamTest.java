package grpc.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import grpc.api.Metadata;
import grpc.api.Status;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndedStreamTest {
  private static final Status WHY = Status.unavailable("not connected");

  private final EndedStream stream = EndedStream.unsent(WHY);

  @Test
  void nothingIsSentAndNothingComes() {
    assertFalse(stream.send(new Message(false, ByteBuffer.allocate(1))));
    stream.halfClose();
    assertEquals(Optional.empty(), stream.headers());
    assertEquals(Optional.empty(), stream.receive());
  }

  @Test
  void endStandsWhateverItIsCancelledFor() {
    stream.cancel(Status.cancelled("too late"));
    assertEquals(StreamEnd.of(WHY, Metadata.EMPTY, StreamEnd.Progress.NOT_SENT), stream.end());
  }
}
