package integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServiceDefinition;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins come and go while the application runs. */
@Timeout(100)
class PluginReleaseTest {
  private static final MetadataKey<String> VERSION = MetadataKey.text("x-version");
  private static final MethodDescriptor<byte[], byte[]> ASK =
      MethodDescriptor.of("test.Version/Ask", MethodType.UNARY, byte[].class, byte[].class, "raw");

  /** More collections than any collector needs to find a layer. */
  private static final int COLLECTIONS = 50;

  @TempDir private Path folder;

  private final InProcessAddress address = InProcessAddress.unique();

  /** A policy as pick_first, whose calls say which version of it picked. */
  private ModuleLayer plugin(String version) throws IOException {
    var classes =
        new Layers(folder.resolve(version))
            .compile(
                "plugin.policy",
                "provides grpc.spi.balancer.BalancerProvider with plugin.policy.Policy;",
                "Policy",
                """
                import grpc.api.Metadata;
                import grpc.api.MetadataKey;
                import grpc.api.Status;
                import grpc.spi.balancer.*;

                public final class Policy implements BalancerProvider {
                  public Policy() {}
                  public String policyName() { return "telling"; }
                  public Balancer create(BalancerContext context) {
                    return context.policy("pick_first").get().create(new Telling(context));
                  }

                  static final class Telling extends ForwardingBalancerContext {
                    static final Metadata VERSION =
                        Metadata.of(MetadataKey.text("x-version"), "%s");
                    Telling(BalancerContext channel) { super(channel); }
                    public void update(ConnectivityState state, Picker picker) {
                      super.update(state, info -> picker.pick(info) instanceof PickResult.Complete c
                          ? new PickResult.Complete(c.subConn(), VERSION, c.onDone())
                          : picker.pick(info));
                    }
                  }
                }
                """
                    .formatted(version));
    return Layers.over(ModuleLayer.boot(), classes);
  }

  private GrpcChannel open(ModuleLayer layer) {
    return GrpcChannel.builder(address)
        .runtime(GrpcRuntime.of(layer))
        .balancingPolicy("telling")
        .open();
  }

  private static String ask(GrpcChannel channel) {
    return new String(channel.unary(ASK, new byte[0], CallOptions.DEFAULT).message(), UTF_8);
  }

  @Test
  void newChannelsTakeTheNewVersionAndTheOldOneIsCollected() throws Exception {
    try (var server =
        GrpcServer.builder()
            .listen(address)
            .service(
                ServiceDefinition.builder("test.Version")
                    .unary(
                        ASK,
                        request ->
                            CallContext.CURRENT
                                .get()
                                .metadata()
                                .find(VERSION)
                                .orElse("none")
                                .getBytes(UTF_8))
                    .build())
            .start()) {
      var oldLayer = new WeakReference<>(plugin("one"));
      var old = open(oldLayer.get());
      assertEquals("one", ask(old), server::toString);
      try (var channel = open(plugin("two"))) {
        assertEquals("two", ask(channel));
        assertEquals("one", ask(old));
        old.close();
        old = null;
        for (int i = 0; i < COLLECTIONS && oldLayer.get() != null; i++) {
          System.gc();
          Thread.yield();
        }
        assertNull(oldLayer.get(), "the plugin's layer is still held");
        assertEquals("two", ask(channel));
      }
    }
  }
}
