package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingTransportTest implements ClientTransport {
  private static final RequestHeaders HEADERS =
      new RequestHeaders(
          "/test.Calls/Split",
          "server",
          RequestHeaders.NO_TIMEOUT,
          "text",
          RequestHeaders.IDENTITY,
          "",
          Metadata.EMPTY);
  private static final StreamOptions OPTIONS = new StreamOptions(100, false);
  private static final Status LOST = Status.unavailable("lost");

  private final List<String> seen = new ArrayList<>();
  private final EndingTransport transport = new EndingTransport(this);

  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions options) {
    return new Recorded();
  }

  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions options, Message message) {
    return new Recorded();
  }

  @Override
  public void drain() {}

  @Override
  public void close(Status status) {}

  @Test
  void streamThatIsOpenedTooLateEndsAtOnce() {
    transport.endStreams(LOST);
    transport.newStream(HEADERS, OPTIONS);
    transport.newStream(HEADERS, OPTIONS, new Message(false, ByteBuffer.allocate(0)));
    assertEquals(List.of("UNAVAILABLE: lost", "UNAVAILABLE: lost"), seen);
  }

  @Test
  void onlyStreamsThatRunAreEnded() throws Exception {
    transport.newStream(HEADERS, OPTIONS);
    transport.newStream(HEADERS, OPTIONS).end();
    transport.newStream(HEADERS, OPTIONS).cancel(Status.cancelled("enough"));
    transport.endStreams(LOST);
    transport.endStreams(Status.unavailable("lost again"));
    assertEquals(List.of("CANCELLED: enough", "UNAVAILABLE: lost"), seen);
  }

  /** Has ended with OK, and remembers what it is cancelled for all the same. */
  private final class Recorded implements ClientStream {
    @Override
    public boolean send(Message message) {
      return false;
    }

    @Override
    public void halfClose() {}

    @Override
    public Optional<ResponseHeaders> headers() {
      return Optional.empty();
    }

    @Override
    public Optional<Message> receive() {
      return Optional.empty();
    }

    @Override
    public StreamEnd end() {
      return new StreamEnd(Status.OK);
    }

    @Override
    public void cancel(Status status) {
      seen.add(status.toString());
    }
  }
}
