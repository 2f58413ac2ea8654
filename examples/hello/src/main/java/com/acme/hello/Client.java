package com.acme.hello;

import com.acme.hello.proto.GreeterClient;
import com.acme.hello.proto.HelloRequest;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import java.time.Duration;

/** Greets Ada. */
public final class Client {
  private Client() {}

  /** Makes one call. */
  public static void main(String[] args) {
    try (var channel = GrpcChannel.open("dns:///localhost:50051", ChannelCredentials.plaintext())) {
      var greeter = new GreeterClient(channel).with(CallOptions.timeout(Duration.ofSeconds(5)));
      IO.println(greeter.sayHello(HelloRequest.newBuilder().setName("Ada").build()).getMessage());
    }
  }
}
