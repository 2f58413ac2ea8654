package grpc.kernel.subchannel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamOptions;
import grpc.testing.FakeConnection;
import grpc.testing.FakeStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevocableTransportTest {
  private static final RequestHeaders HEADERS =
      RequestHeaders.of(
          "/test.Calls/Split",
          "server",
          RequestHeaders.NO_TIMEOUT,
          "text",
          RequestHeaders.IDENTITY,
          "",
          Metadata.EMPTY);
  private static final StreamOptions OPTIONS = StreamOptions.of(100);
  private static final Status LOST = Status.unavailable("lost");
  private static final Status ENOUGH = Status.cancelled("enough");

  private final FakeConnection connection = FakeConnection.alone();
  private final RevocableTransport transport = new RevocableTransport(connection);

  private List<List<Status>> cancellations() {
    return connection.streams().stream().map(FakeStream::cancellations).toList();
  }

  @Test
  void streamThatIsOpenedTooLateEndsAtOnce() {
    transport.endStreams(LOST);
    transport.newStream(HEADERS, OPTIONS);
    transport.newStream(HEADERS, OPTIONS, new Message(false, ByteBuffer.allocate(0)));
    assertEquals(List.of(List.of(LOST), List.of(LOST)), cancellations());
  }

  @Test
  void onlyStreamsThatRunAreEnded() throws Exception {
    transport.newStream(HEADERS, OPTIONS);
    var ended = transport.newStream(HEADERS, OPTIONS);
    connection.streams().getLast().fails(Status.OK);
    ended.end();
    transport.newStream(HEADERS, OPTIONS).cancel(ENOUGH);
    transport.endStreams(LOST);
    transport.endStreams(Status.unavailable("lost again"));
    assertEquals(List.of(List.of(LOST), List.of(), List.of(ENOUGH)), cancellations());
  }
}
