package examples.guide;

import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;

/** An application that takes a plugin from a folder. */
final class PluginFolder {
  private PluginFolder() {}

  static GrpcChannel open(Path folder, String target) {
    var finder = ModuleFinder.of(folder);
    var configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(), finder, Set.of("com.acme.balancer"));
    var layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());
    var channel =
        GrpcChannel.builder(target, ChannelCredentials.plaintext())
            .runtime(GrpcRuntime.of(layer))
            .balancingPolicy("acme_random")
            .open();
    return channel;
  }
}
