package examples.guide;

import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.JavaFeaturesProto;
import grpc.api.ChannelCredentials;
import grpc.codec.protobuf.ProtoCodec;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;

/** Extensions of protobuf, for a codec with a registry. */
final class Extensions {
  private Extensions() {}

  static GrpcChannel open(String target) {
    var registry = ExtensionRegistry.newInstance();
    JavaFeaturesProto.registerAllExtensions(registry); // of your own file's class
    var runtime =
        GrpcRuntime.builder().layer(ModuleLayer.boot()).add(new ProtoCodec(registry)).build();
    return GrpcChannel.builder(target, ChannelCredentials.plaintext()).runtime(runtime).open();
  }
}
