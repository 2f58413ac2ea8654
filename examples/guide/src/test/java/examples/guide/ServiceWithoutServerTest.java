package examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import examples.guide.proto.GreeterMethods;
import examples.guide.proto.HelloReply;
import examples.guide.proto.HelloRequest;
import examples.guide.proto.Note;
import grpc.api.Metadata;
import grpc.api.Status;
import grpc.testing.FakeServerCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services are called without a server. */
@Timeout(60)
class ServiceWithoutServerTest {
  private static HelloReply reply(String message) {
    return HelloReply.newBuilder().setMessage(message).build();
  }

  @Test
  void handlerReadsMetadataAndAnswersTrailers() throws InterruptedException {
    var request = HelloRequest.newBuilder().setName("Ada").build();
    var call =
        FakeServerCall.of(new Handlers.Tenants(), GreeterMethods.SAY_HELLO)
            .metadata(Metadata.of(Handlers.TENANT, "acme"))
            .call(request);
    assertEquals(Status.OK, call.status());
    assertEquals(List.of(reply("Ada of acme")), call.responses());
    assertEquals(Optional.of("1"), call.trailers().find(Handlers.COST));
  }

  @Test
  void notesComeBackOneByOne() throws InterruptedException {
    var note = Note.newBuilder().setText("hi").build();
    var chat = FakeServerCall.of(new Greeter(), GreeterMethods.CHAT).start();
    chat.send(note);
    assertEquals(Optional.of(note), chat.receive());
    chat.halfClose();
    assertEquals(Status.OK, chat.status());
  }
}
