package examples.guide;

import examples.guide.proto.GreeterService;
import examples.guide.proto.HelloReply;
import examples.guide.proto.HelloRequest;
import examples.guide.proto.Note;
import grpc.api.Requests;
import grpc.api.Responses;

final class Greeter implements GreeterService {
  @Override
  public HelloReply sayHello(HelloRequest request) { // on a virtual thread: block as you like
    return HelloReply.newBuilder().setMessage("Hello, " + request.getName()).build();
  }

  @Override
  public void chat(Requests<Note> in, Responses<Note> out) { // send blocks while the client is slow
    for (var note : in) {
      out.send(note);
    }
  }
}
