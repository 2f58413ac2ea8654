package integration.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import examples.greeter.proto.GreeterClient;
import examples.greeter.proto.HelloRequest;
import examples.greeter.proto.Note;
import grpc.api.ChannelCredentials;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What SIGTERM does to a server and to the call that runs. */
@Timeout(50)
class TerminationTest {
  private static Note note(String text) {
    return Note.newBuilder().setText(text).build();
  }

  private static void awaitRefusal(GreeterClient greeter) {
    // once the server drains, new calls find nobody
    while (true) {
      try {
        greeter.sayHello(HelloRequest.getDefaultInstance());
      } catch (StatusException e) {
        assertEquals(StatusCode.UNAVAILABLE, e.code(), e::toString);
        return;
      }
    }
  }

  @Test
  void runningCallEndsBeforeTheServer() throws Exception {
    try (var server = Launcher.start("greeter", "greeter-server", "--port=0", "--grace=30");
        var channel =
            GrpcChannel.open("ipv4:127.0.0.1:" + server.port(), ChannelCredentials.plaintext())) {
      var greeter = new GreeterClient(channel);
      try (var chat = greeter.chat()) {
        chat.send(note("before"));
        assertEquals("You said: before", chat.receive().orElseThrow().getText());
        server.terminate();
        awaitRefusal(greeter);
        chat.send(note("after"));
        assertEquals("You said: after", chat.receive().orElseThrow().getText());
        chat.halfClose();
        assertTrue(chat.receive().isEmpty());
      }
      var result = server.result();
      assertEquals("", result.errors());
      assertEquals(0, result.exit());
    }
  }

  @Test
  void callThatOutlastsTheGraceIsCancelled() throws Exception {
    try (var server = Launcher.start("greeter", "greeter-server", "--port=0", "--grace=1");
        var channel =
            GrpcChannel.open("ipv4:127.0.0.1:" + server.port(), ChannelCredentials.plaintext());
        var chat = new GreeterClient(channel).chat()) {
      chat.send(note("before"));
      assertTrue(chat.receive().isPresent());
      server.terminate();
      var e = assertThrows(StatusException.class, chat::receive);
      assertEquals(StatusCode.UNAVAILABLE, e.code(), e::toString);
      var result = server.result();
      assertEquals("calls that still ran after 1 s were cancelled\n", result.errors());
      assertEquals(0, result.exit());
    }
  }

  @Test
  void idleServerEndsAtOnce() throws Exception {
    for (String program : new String[] {"greeter", "interop", "bench"}) {
      try (var server = Launcher.start(program, program + "-server", "--port=0", "--grace=30")) {
        server.port();
        server.terminate();
        var result = server.result();
        assertEquals("", result.errors());
        assertEquals(0, result.exit());
        assertFalse(server.process().isAlive());
      }
    }
  }
}
