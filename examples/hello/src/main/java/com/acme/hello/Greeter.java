package com.acme.hello;

import com.acme.hello.proto.GreeterService;
import com.acme.hello.proto.HelloReply;
import com.acme.hello.proto.HelloRequest;
import com.acme.hello.proto.Note;
import grpc.api.Requests;
import grpc.api.Responses;
import grpc.api.Status;

/** The service. */
final class Greeter implements GreeterService {
  @Override
  public HelloReply sayHello(HelloRequest request) {
    if (request.getName().isEmpty()) {
      throw Status.invalidArgument("name: empty (expected: a name to greet)").asException();
    }
    return HelloReply.newBuilder().setMessage("Hello, " + request.getName()).build();
  }

  @Override
  public void chat(Requests<Note> in, Responses<Note> out) {
    for (var note : in) {
      out.send(note);
    }
  }
}
