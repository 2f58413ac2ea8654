package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** grpc-java's client and our server. */
@ExtendWith(LeakCheck.class)
abstract class FromGrpcJava {
  final EchoServer echo = new EchoServer();
  ServerTransport server;
  ManagedChannel channel;

  @BeforeEach
  void connect() throws Exception {
    server =
        new NioTransportProvider()
            .listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
                    .maxConcurrentStreams(1000)
                    .maxHeaderListSize(8192)
                    .handshakeTimeout(Duration.ofSeconds(10))
                    .build(),
                echo);
    channel = GrpcJava.channel(server.localAddress());
  }

  @AfterEach
  void close() throws Exception {
    channel.shutdownNow();
    server.close();
    assertTrue(channel.awaitTermination(20, TimeUnit.SECONDS));
  }

  byte[] unary(String name, byte[] message) {
    return ClientCalls.blockingUnaryCall(
        channel,
        GrpcJava.method(name, MethodType.UNARY),
        CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
        message);
  }

  StreamObserver<byte[]> bidi(String name, Received received) {
    return GrpcJava.bidi(channel, name, received);
  }
}
