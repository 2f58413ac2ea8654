package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.JavaFeaturesProto.JavaFeatures;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.codec.protobuf.ProtoCodec;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Extensions of messages, on a side that knows them and on one that does not. */
@Timeout(20)
class ExtensionsTest {
  private static final MethodDescriptor<FeatureSet, FeatureSet> ECHO =
      MethodDescriptor.of(
          "test.Extended/Echo", MethodType.UNARY, FeatureSet.class, FeatureSet.class, "proto");

  static {
    var unused = DescriptorProtos.getDescriptor(); // JavaFeaturesProto is not made before it
  }

  private static final FeatureSet MESSAGE =
      FeatureSet.newBuilder()
          .setExtension(
              JavaFeaturesProto.java_, JavaFeatures.newBuilder().setLargeEnum(true).build())
          .build();

  private final BlockingQueue<FeatureSet> received = new ArrayBlockingQueue<>(1);

  static List<SocketAddress> addresses() {
    return List.of(
        InProcessAddress.unique(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** The one line by which an application has its extensions read. */
  private static GrpcRuntime knowing() {
    var registry = ExtensionRegistry.newInstance();
    JavaFeaturesProto.registerAllExtensions(registry);
    return GrpcRuntime.builder().layer(ModuleLayer.boot()).add(new ProtoCodec(registry)).build();
  }

  private FeatureSet echo(FeatureSet request) {
    received.add(request);
    return request;
  }

  private FeatureSet call(SocketAddress address, GrpcRuntime server, GrpcRuntime client) {
    var service = ServiceDefinition.builder("test.Extended").unary(ECHO, this::echo).build();
    try (var serving =
            GrpcServer.builder()
                .runtime(server)
                .listen(address, ServerCredentials.plaintext())
                .service(service)
                .start();
        var channel =
            GrpcChannel.builder(serving.addresses().getFirst(), ChannelCredentials.plaintext())
                .runtime(client)
                .open()) {
      return channel.unary(ECHO, MESSAGE, CallOptions.DEFAULT).message();
    }
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void areReadOnTheSideThatKnowsThem(SocketAddress address) throws Exception {
    var answer = call(address, knowing(), knowing());
    assertEquals(MESSAGE, answer);
    assertEquals(MESSAGE, received.take());
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void passThroughTheSideThatDoesNot(SocketAddress address) throws Exception {
    assertEquals(MESSAGE, call(address, GrpcRuntime.system(), knowing()));
    assertFalse(received.take().hasExtension(JavaFeaturesProto.java_));
    assertFalse(
        call(address, knowing(), GrpcRuntime.system()).hasExtension(JavaFeaturesProto.java_));
    assertEquals(MESSAGE, received.take());
  }
}
