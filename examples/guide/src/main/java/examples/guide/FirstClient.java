package examples.guide;

import examples.guide.proto.GreeterClient;
import examples.guide.proto.HelloRequest;
import examples.guide.proto.Note;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import java.time.Duration;

/** README's first client, and the call with a stream that follows it. */
final class FirstClient {
  void main() {
    try (var channel = GrpcChannel.open("dns:///localhost:50051", ChannelCredentials.plaintext())) {
      var greeter = new GreeterClient(channel).with(CallOptions.timeout(Duration.ofSeconds(5)));
      IO.println(greeter.sayHello(HelloRequest.newBuilder().setName("Ada").build()).getMessage());
    }
  }

  static void chat(GreeterClient greeter) {
    try (var chat = greeter.chat()) {
      chat.send(Note.newBuilder().setText("hi").build());
      chat.halfClose();
      for (var note : chat) {
        IO.println(note.getText());
      }
    }
  }
}
