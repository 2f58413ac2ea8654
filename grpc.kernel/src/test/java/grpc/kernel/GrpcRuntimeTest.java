package grpc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.kernel.info.ProviderInfo;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GrpcRuntimeTest {
  private record Named(String name) implements Codec {
    @Override
    public <T> Marshaller<T> marshaller(Class<T> type) {
      throw new IllegalArgumentException("none");
    }
  }

  @Test
  void emptyRuntimeHasTheKernelsOwnResolvers() {
    var names = GrpcRuntime.builder().build().providers().stream().map(ProviderInfo::name).toList();
    assertEquals("[passthrough, unix, unix-abstract, ipv4, ipv6]", names.toString());
  }

  @Test
  void providerSaysWhereItComesFrom() {
    var info =
        GrpcRuntime.builder().add(new Named("x")).build().providers().stream()
            .filter(i -> i.kind() == ProviderInfo.Kind.CODEC)
            .findFirst()
            .orElseThrow();
    assertEquals("x", info.name());
    assertEquals("grpc.kernel", info.module());
    assertTrue(info.location().isPresent());
  }

  @Test
  void twoProvidersOfOneNameAreAnErrorThatNamesBoth() {
    var builder = GrpcRuntime.builder().add(new Named("x")).add(new Named("x"));
    var e = assertThrows(IllegalStateException.class, builder::build);
    assertTrue(e.getMessage().startsWith("two providers of codec 'x': "), e.getMessage());
    assertTrue(e.getMessage().contains("in grpc.kernel (file:"), e.getMessage());
  }

  @Test
  void addedProviderThatHasNoNameToTellIsNamedByItsClass() {
    var builder =
        GrpcRuntime.builder()
            .add(
                new FixedScheme(() -> {
                  throw new NoSuchFieldError("half a plugin");
                }));
    var e = assertThrows(IllegalStateException.class, builder::build);
    assertTrue(e.getMessage().startsWith("resolver " + FixedScheme.class.getName()), e::toString);
    assertTrue(e.getMessage().contains("NoSuchFieldError: half a plugin"), e::toString);
    var unnamed = GrpcRuntime.builder().add(new FixedScheme(GrpcRuntimeTest::nothing));
    e = assertThrows(IllegalStateException.class, unnamed::build);
    assertTrue(e.getMessage().startsWith("resolver " + FixedScheme.class.getName()), e::toString);
    assertTrue(e.getMessage().contains("its name (expected: a String)"), e::toString);
  }

  @SuppressWarnings("NullAway") // as a plugin may that no tool checks
  private static String nothing() {
    return null;
  }

  private record FixedScheme(Supplier<String> name) implements ResolverProvider {
    @Override
    public String scheme() {
      return name.get();
    }

    @Override
    public Resolver create(Target target, ResolverContext context) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void missingModuleIsNamed() {
    var runtime = GrpcRuntime.builder().build();
    message("xds:///a", runtime, "no resolver for scheme 'xds': there is no module for it yet");
    message("dns:///a", runtime, "add module grpc.resolver.dns (found: ipv4, ipv6");
    message("passthrough:///a", runtime, "add module grpc.balancer.pickfirst (found: none)");
  }

  @Test
  void targetThatIsAUrlIsRefusedWithItsForm() {
    for (String scheme : List.of("http", "https", "grpc", "HTTP")) {
      var builder =
          GrpcChannel.builder(scheme + "://host:1", ChannelCredentials.plaintext())
              .runtime(GrpcRuntime.builder().build());
      var e = assertThrows(IllegalArgumentException.class, builder::open);
      assertTrue(e.getMessage().contains("a target is no URL (expected: host:port)"), e::toString);
    }
  }

  @Test
  void serverWithoutATransportNamesTheModule() {
    var builder =
        GrpcServer.builder()
            .runtime(GrpcRuntime.builder().build())
            .listen(0, ServerCredentials.plaintext());
    var e = assertThrows(IllegalStateException.class, builder::start);
    assertTrue(e.getMessage().contains("add module grpc.transport.nio"), e.getMessage());
  }

  private static void message(String target, GrpcRuntime runtime, String expected) {
    var builder = GrpcChannel.builder(target, ChannelCredentials.plaintext()).runtime(runtime);
    var e = assertThrows(IllegalStateException.class, builder::open);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
