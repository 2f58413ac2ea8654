package grpc.kernel;

import static grpc.kernel.BuilderOption.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallCredentials;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.api.ClientInterceptor;
import grpc.api.Metadata;
import grpc.api.SecurityLevel;
import grpc.kernel.call.InterceptedChannel;
import grpc.kernel.call.UninterceptedChannel;
import grpc.kernel.channel.ChannelCore;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.resolver.AddressResolverProvider;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.spi.transport.Keepalive;
import grpc.testing.FakeTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each choice of a channel's builder is what the kernel gets. */
class ChannelOptionsTest {
  private static final String TARGET = "passthrough:somewhere:1";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final GrpcRuntime RUNTIME = runtime();
  private static final GrpcRuntime OTHER = runtime();
  private static final Observer OBSERVER = () -> "observer";
  private static final ClientInterceptor INTERCEPTOR =
      ClientInterceptor.mapOptions((method, options) -> options);
  private static final CallCredentials NO_SECRET = new NoSecret();
  private static final Passthrough RESOLVER = new Passthrough();

  /** Credentials that a plaintext connection may carry. */
  private record NoSecret() implements CallCredentials {
    @Override
    public Metadata metadata(Attempt attempt) {
      return Metadata.EMPTY;
    }

    @Override
    public SecurityLevel requiredSecurity() {
      return SecurityLevel.NONE;
    }
  }

  /** A resolver of the target's scheme that goes before the runtime's. */
  private static final class Passthrough implements ResolverProvider {
    @Override
    public String scheme() {
      return "passthrough";
    }

    @Override
    public Resolver create(Target target, ResolverContext context) {
      return new AddressResolverProvider(InetSocketAddress.createUnresolved("a", 1))
          .create(target, context);
    }
  }

  /** What the kernel got. */
  private record Got(
      ChannelSettings settings,
      CallOptions defaults,
      RetrySettings retries,
      List<ClientInterceptor> interceptors) {}

  private static final Map<String, BuilderOption<GrpcChannelBuilder, Got>> OPTIONS =
      new TreeMap<>(
          Map.ofEntries(
              ofSettings(
                  "runtime[GrpcRuntime]",
                  b -> b.runtime(OTHER),
                  s -> s.providers(),
                  OTHER.registry()),
              ofSettings(
                  "resolver[ResolverProvider]",
                  b -> b.resolver(RESOLVER),
                  s -> s.resolver(),
                  RESOLVER),
              option(
                  "intercept[ClientInterceptor[]]",
                  b -> b.intercept(INTERCEPTOR),
                  Got::interceptors,
                  List.of(INTERCEPTOR)),
              ofSettings(
                  "observe[Observer]",
                  b -> b.observe(OBSERVER),
                  s -> field(s.observers(), "all"),
                  List.of(OBSERVER)),
              option(
                  "defaultOptions[CallOptions]",
                  b -> b.defaultOptions(CallOptions.timeout(SECOND)),
                  got -> got.defaults.timeout(),
                  Optional.of(SECOND)),
              ofSettings(
                  "callCredentials[CallCredentials]",
                  b -> b.callCredentials(NO_SECRET),
                  s -> s.callCredentials(),
                  Optional.of(NO_SECRET),
                  b -> opened(b.callCredentials(attempt -> Metadata.EMPTY))),
              ofSettings(
                  "authority[String]",
                  b -> b.authority("a.example"),
                  s -> s.authority(),
                  "a.example",
                  b -> b.authority("a/b")),
              ofSettings(
                  "userAgent[String]",
                  b -> b.userAgent("shop/1"),
                  s -> s.userAgent(),
                  "shop/1 grpc-java-tenon",
                  b -> b.userAgent("a\nb")),
              ofSettings(
                  "defaultServiceConfig[String]",
                  b -> b.defaultServiceConfig("{\"loadBalancingConfig\": [{\"round_robin\": {}}]}"),
                  s -> s.config().balancing().isPresent(),
                  true,
                  b -> opened(b.defaultServiceConfig("{"))),
              ofSettings(
                  "ignoreResolverServiceConfig[]",
                  b -> b.ignoreResolverServiceConfig(),
                  s -> s.resolverConfig(),
                  false),
              ofSettings(
                  "disableHealthChecks[]",
                  b -> b.disableHealthChecks(),
                  s -> s.healthChecks(),
                  false),
              ofSettings(
                  "balancingPolicy[String]",
                  b -> b.balancingPolicy("round_robin"),
                  s -> s.policy(),
                  "round_robin"),
              ofSettings(
                  "transport[String]",
                  b -> b.transport("fake"),
                  s -> s.transport(),
                  Optional.of("fake")),
              option(
                  "maxReceiveMessageSize[int]",
                  b -> b.maxReceiveMessageSize(7),
                  got -> got.defaults.maxReceiveMessageSize().orElse(-1),
                  7,
                  b -> b.maxReceiveMessageSize(-1)),
              option(
                  "maxSendMessageSize[int]",
                  b -> b.maxSendMessageSize(7),
                  got -> got.defaults.maxSendMessageSize().orElse(-1),
                  7,
                  b -> b.maxSendMessageSize(-1)),
              ofSettings(
                  "maxHeaderListSize[int]",
                  b -> b.maxHeaderListSize(7),
                  s -> s.maxHeaderListSize(),
                  7,
                  b -> b.maxHeaderListSize(-5)),
              ofSettings(
                  "keepalive[Keepalive]",
                  b -> b.keepalive(Keepalive.every(SECOND)),
                  s -> s.keepalive(),
                  Optional.of(Keepalive.every(SECOND.multipliedBy(10)))),
              ofSettings(
                  "idleTimeout[Duration]",
                  b -> b.idleTimeout(SECOND),
                  s -> s.idleTimeout(),
                  SECOND,
                  b -> b.idleTimeout(Duration.ofMillis(999))),
              option("retry[boolean]", b -> b.retry(false), got -> got.retries.enabled(), false),
              option(
                  "retryBufferPerCall[long]",
                  b -> b.retryBufferPerCall(3),
                  got -> got.retries.bytesPerCall(),
                  3L,
                  b -> b.retryBufferPerCall(-1)),
              option(
                  "retryBuffer[long]",
                  b -> b.retryBuffer(4),
                  got -> got.retries.bytesPerChannel(),
                  4L,
                  b -> b.retryBuffer(-1))));

  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  private static Map.Entry<String, BuilderOption<GrpcChannelBuilder, Got>> option(
      String signature,
      UnaryOperator<GrpcChannelBuilder> choice,
      Function<Got, Object> read,
      Object expected,
      UnaryOperator<GrpcChannelBuilder>... bad) {
    return Map.entry(signature, new BuilderOption<>(choice, read, expected, List.of(bad)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  private static Map.Entry<String, BuilderOption<GrpcChannelBuilder, Got>> ofSettings(
      String signature,
      UnaryOperator<GrpcChannelBuilder> choice,
      Function<ChannelSettings, Object> read,
      Object expected,
      UnaryOperator<GrpcChannelBuilder>... bad) {
    return option(signature, choice, got -> read.apply(got.settings), expected, bad);
  }

  private static GrpcRuntime runtime() {
    var builder = GrpcRuntime.builder().add(new FakeTransport());
    ServiceLoader.load(BalancerProvider.class).forEach(builder::add);
    return builder.build();
  }

  private static GrpcChannelBuilder builder() {
    return GrpcChannel.builder(TARGET, ChannelCredentials.plaintext()).runtime(RUNTIME);
  }

  private static GrpcChannelBuilder opened(GrpcChannelBuilder builder) {
    builder.open().close();
    return builder;
  }

  private static Got built(UnaryOperator<GrpcChannelBuilder> choice) {
    try (var channel = choice.apply(builder()).open()) {
      var interceptors = new ArrayList<ClientInterceptor>();
      var calls = (Channel) field(channel, "calls");
      while (calls instanceof InterceptedChannel(var interceptor, var next)) {
        interceptors.add(interceptor);
        calls = next;
      }
      var maker = (UninterceptedChannel) calls;
      return new Got(
          ((ChannelCore) field(channel, "core")).settings(),
          (CallOptions) field(maker, "defaults"),
          (RetrySettings) field(field(maker, "retries"), "settings"),
          interceptors);
    }
  }

  static Stream<String> options() {
    return OPTIONS.keySet().stream();
  }

  @Test
  void eachChoiceHasATestHere() {
    assertEquals(BuilderOption.offered(GrpcChannelBuilder.class).keySet(), OPTIONS.keySet());
  }

  @ParameterizedTest
  @MethodSource("options")
  void choiceReachesTheKernelAndBadValuesAreRefused(String signature) {
    Objects.requireNonNull(OPTIONS.get(signature)).verify(ChannelOptionsTest::built, builder());
  }

  @ParameterizedTest
  @MethodSource("options")
  void nullIsRefusedWhereItIsGiven(String signature) {
    var method = BuilderOption.offered(GrpcChannelBuilder.class).get(signature);
    BuilderOption.verifyThatNullIsRefused(Objects.requireNonNull(method), builder());
  }
}
