package examples.guide;

import grpc.api.ChannelCredentials;
import grpc.codec.gzip.GzipCompressor;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;

/** A compression level, by a compressor given to the runtime. */
final class Levels {
  private Levels() {}

  static GrpcChannel open(String target) {
    var runtime =
        GrpcRuntime.builder().layer(ModuleLayer.boot()).add(GzipCompressor.ofLevel(1)).build();
    return GrpcChannel.builder(target, ChannelCredentials.plaintext()).runtime(runtime).open();
  }
}
