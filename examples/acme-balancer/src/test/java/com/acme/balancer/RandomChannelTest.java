package com.acme.balancer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.testing.FakeTransport;
import org.junit.jupiter.api.Test;

class RandomChannelTest {
  private static final MethodDescriptor<byte[], byte[]> METHOD =
      MethodDescriptor.of("test.Echo/Unary", MethodType.UNARY, byte[].class, byte[].class, "raw");

  @Test
  void callsGoToTheConnectionThatIsReady() throws Exception {
    var transport = new FakeTransport();
    var runtime =
        GrpcRuntime.builder()
            .classLoader(getClass().getClassLoader())
            .add(new RandomProvider())
            .add(transport)
            .build();
    var builder =
        GrpcChannel.builder("ipv4:192.0.2.1:1,192.0.2.2:1", ChannelCredentials.plaintext())
            .runtime(runtime)
            .transport("fake");
    try (var channel = builder.balancingPolicy("acme_random").open()) {
      var answer = channel.unaryAsync(METHOD, new byte[] {1}, CallOptions.DEFAULT);
      transport.nextConnection().ready();
      transport.nextConnection().fails("refused");
      transport.nextStream().succeeds(new byte[] {2});
      assertArrayEquals(new byte[] {2}, answer.get());
    }
  }
}
