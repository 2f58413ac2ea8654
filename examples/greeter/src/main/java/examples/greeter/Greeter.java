package examples.greeter;

import examples.greeter.proto.GreeterService;
import examples.greeter.proto.HelloReply;
import examples.greeter.proto.HelloRequest;
import examples.greeter.proto.Note;
import grpc.api.Requests;
import grpc.api.Responses;
import java.util.ArrayList;
import java.util.List;

/** The service: one method for each kind of call, each on a virtual thread that may block. */
record Greeter(String server) implements GreeterService {
  private static final List<String> HELLOS = List.of("Hello", "Bonjour", "Hallo", "Hola", "Ciao");

  @Override
  public HelloReply sayHello(HelloRequest request) {
    return reply("Hello", request.getName());
  }

  @Override
  public void sayHelloInLanguages(HelloRequest request, Responses<HelloReply> responses) {
    for (String hello : HELLOS) {
      responses.send(reply(hello, request.getName()));
    }
  }

  @Override
  public HelloReply sayHelloToAll(Requests<HelloRequest> requests) {
    var names = new ArrayList<String>();
    for (var request : requests) {
      names.add(request.getName());
    }
    return reply("Hello", String.join(", ", names));
  }

  @Override
  public void chat(Requests<Note> requests, Responses<Note> responses) {
    for (var note : requests) {
      responses.send(Note.newBuilder().setText("You said: " + note.getText()).build());
    }
  }

  private HelloReply reply(String hello, String name) {
    return HelloReply.newBuilder().setMessage(hello + ", " + name + "!").setServer(server).build();
  }
}
