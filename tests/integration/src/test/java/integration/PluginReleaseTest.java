package integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.ConnectivityState;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins come and go while the application runs. */
@Timeout(100)
class PluginReleaseTest {
  private static final MetadataKey<String> VERSION = MetadataKey.text("x-version");
  private static final MethodDescriptor<byte[], byte[]> ASK =
      MethodDescriptor.of("test.Version/Ask", MethodType.UNARY, byte[].class, byte[].class, "raw");

  private static final String WAIT = "wait";
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  /** More collections than any collector needs to find a layer. */
  private static final int COLLECTIONS = 50;

  private static final long COLLECTION_MILLIS = 100;

  @TempDir private Path folder;

  private final InProcessAddress address = InProcessAddress.unique();
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);

  /** A policy as pick_first, whose calls say which version of it picked. */
  private ModuleLayer plugin(String version) throws IOException {
    var classes =
        new Layers(folder.resolve(version))
            .compile(
                "plugin.policy",
                "provides grpc.spi.balancer.BalancerProvider with plugin.policy.Policy;",
                "Policy",
                """
                import grpc.api.ConnectivityState;
                import grpc.api.Metadata;
                import grpc.api.MetadataKey;
                import grpc.api.Status;
                import grpc.spi.balancer.*;
                import grpc.spi.config.JsonObject;

                public final class Policy implements BalancerProvider<NoConfig> {
                  public Policy() {}
                  public String policyName() { return "telling"; }
                  public NoConfig parseConfig(JsonObject json, Policies policies) {
                    return NoConfig.NONE;
                  }
                  public Balancer<NoConfig> create(BalancerContext context) {
                    return context.policy("pick_first").get().create(new Telling(context));
                  }

                  static final class Telling extends ForwardingBalancerContext {
                    static final Metadata VERSION =
                        Metadata.of(MetadataKey.text("x-version"), "%s");
                    Telling(BalancerContext channel) { super(channel); }
                    public void update(ConnectivityState state, Picker picker) {
                      super.update(state, info -> picker.pick(info) instanceof PickResult.Complete c
                          ? c.withMetadata(VERSION)
                          : picker.pick(info));
                    }
                  }
                }
                """
                    .formatted(version));
    return Layers.over(ModuleLayer.boot(), classes);
  }

  private GrpcChannel open(ModuleLayer layer) {
    return GrpcChannel.builder(address, ChannelCredentials.plaintext())
        .runtime(GrpcRuntime.of(layer))
        .balancingPolicy("telling")
        .open();
  }

  private static String ask(GrpcChannel channel) {
    return answer(channel, "at once");
  }

  private static String answer(GrpcChannel channel, String request) {
    return new String(
        channel.unary(ASK, request.getBytes(UTF_8), CallOptions.DEFAULT).message(), UTF_8);
  }

  /** Tells which version picked for it; a call that is to wait does so until it is let go. */
  private byte[] tellVersion(byte[] request) {
    var version = CallContext.CURRENT.get().metadata().find(VERSION).orElse("none");
    if (new String(request, UTF_8).equals(WAIT)) {
      running.countDown();
      try {
        letGo.await();
      } catch (InterruptedException e) {
        throw Status.cancelled("cut off").asException();
      }
    }
    return version.getBytes(UTF_8);
  }

  private GrpcServer serve() {
    return GrpcServer.builder()
        .listen(address, ServerCredentials.plaintext())
        .service(ServiceDefinition.builder("test.Version").unary(ASK, this::tellVersion).build())
        .start();
  }

  private static <T> FutureTask<T> start(Callable<T> task) {
    var future = new FutureTask<>(task);
    Thread.startVirtualThread(future);
    return future;
  }

  /** Alone knows the old channel, so that nothing but the product can hold it afterwards. */
  private WeakReference<ModuleLayer> drainOldOneBesideNewOne(ReferenceQueue<ModuleLayer> collected)
      throws Exception {
    var layer = plugin("one");
    var old = open(layer);
    assertEquals("one", ask(old));
    var call = start(() -> answer(old, WAIT));
    running.await();
    try (var channel = open(plugin("two"))) {
      var drain = start(() -> old.shutdown(PATIENCE));
      assertEquals(ConnectivityState.SHUTDOWN, old.awaitChange(ConnectivityState.READY, PATIENCE));
      var refused = assertThrows(StatusException.class, () -> ask(old));
      assertEquals(StatusCode.UNAVAILABLE, refused.code(), refused::toString);
      assertEquals("two", ask(channel));
      assertFalse(call.isDone(), "the old channel's call did not outlast the drain's beginning");
      assertFalse(drain.isDone(), "the old channel did not wait for its call");
      letGo.countDown();
      assertEquals("one", call.get());
      assertTrue(drain.get(), "the old channel cut its call off");
      assertEquals("two", ask(channel));
    }
    return new WeakReference<>(layer, collected);
  }

  @Test
  void newChannelsTakeTheNewVersionAndTheOldOneDrainsAndIsCollected() throws Exception {
    try (var server = serve()) {
      var collected = new ReferenceQueue<ModuleLayer>();
      var oldLayer = drainOldOneBesideNewOne(collected);
      Reference<? extends ModuleLayer> found = null;
      for (int i = 0; i < COLLECTIONS && found == null; i++) {
        System.gc();
        found = collected.remove(COLLECTION_MILLIS);
      }
      assertNull(oldLayer.get(), server + " or the runtime still holds the plugin's layer");
    }
  }
}
