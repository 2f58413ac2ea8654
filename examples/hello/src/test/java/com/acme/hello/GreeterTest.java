package com.acme.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.acme.hello.proto.GreeterClient;
import com.acme.hello.proto.HelloRequest;
import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GreeterTest {
  private final InProcessAddress address = InProcessAddress.unique();
  private final GrpcServer server =
      GrpcServer.builder()
          .listen(address, ServerCredentials.plaintext())
          .service(new Greeter())
          .start();
  private final GrpcChannel channel =
      GrpcChannel.builder(address, ChannelCredentials.plaintext()).open();
  private final GreeterClient greeter = new GreeterClient(channel);

  @AfterEach
  void close() {
    channel.close();
    server.close();
  }

  @Test
  void greetsByName() {
    var request = HelloRequest.newBuilder().setName("Ada").build();
    assertEquals("Hello, Ada", greeter.sayHello(request).getMessage());
  }

  @Test
  void refusesAnEmptyName() {
    var request = HelloRequest.getDefaultInstance();
    var e = assertThrows(StatusException.class, () -> greeter.sayHello(request));
    assertEquals(StatusCode.INVALID_ARGUMENT, e.code());
  }
}
