package grpc.kernel.call;

import grpc.api.CallCredentials;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.PeerSecurity;
import grpc.api.SecurityLevel;
import grpc.api.StatusException;
import grpc.kernel.channel.ChannelCore;
import grpc.kernel.observe.Observers;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.registry.Discovery;
import grpc.kernel.registry.ProviderKind;
import grpc.kernel.resolver.AddressResolverProvider;
import grpc.kernel.retry.RetrySettings;
import grpc.kernel.serviceconfig.ServiceConfigParser;
import grpc.kernel.time.FakeClock;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.Target;
import grpc.testing.FakeConnection;
import grpc.testing.FakeTransport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A channel on a fake clock whose servers are the test; messages are text. */
public final class TestCalls implements AutoCloseable {
  public static final MethodDescriptor<String, String> UNARY = method("Unary", MethodType.UNARY);
  public static final MethodDescriptor<String, String> SPLIT =
      method("Split", MethodType.SERVER_STREAMING);
  public static final MethodDescriptor<String, String> CHAT =
      method("Chat", MethodType.BIDI_STREAMING);

  /** At most four attempts after 1 s, 2 s and 3 s, where the status is UNAVAILABLE. */
  public static final String RETRY =
      """
      'retryPolicy': {'maxAttempts': 4, 'initialBackoff': '1s', 'maxBackoff': '3s',
        'backoffMultiplier': 2, 'retryableStatusCodes': ['UNAVAILABLE']}\
      """;

  public final FakeClock clock = new FakeClock();
  public final FakeTransport transport;
  public final ChannelCore core;
  public final Channel channel;

  /**
   * A channel.
   *
   * @param policy what the service config says of all methods, with single quotes
   * @param rest what else it says, empty or starting with a comma
   */
  public TestCalls(String policy, String rest, RetrySettings retries, Observer... observers) {
    this(policy, rest, retries, Optional.empty(), plaintext(), Optional.empty(), observers);
  }

  /** A channel that has this balancer, too. */
  public TestCalls(
      String policy,
      String rest,
      RetrySettings retries,
      BalancerProvider<?> balancer,
      Observer... observers) {
    this(policy, rest, retries, Optional.of(balancer), plaintext(), Optional.empty(), observers);
  }

  private TestCalls(
      String policy,
      String rest,
      RetrySettings retries,
      Optional<BalancerProvider<?>> balancer,
      FakeTransport transport,
      Optional<CallCredentials> credentials,
      Observer... observers) {
    this.transport = transport;
    var discovery = new Discovery(false);
    balancer.ifPresent(b -> discovery.add(ProviderKind.BALANCER, b));
    discovery.add(ProviderKind.TRANSPORT, transport);
    discovery.add(ProviderKind.CODEC, new TextCodec());
    ServiceLoader.load(BalancerProvider.class)
        .forEach(p -> discovery.add(ProviderKind.BALANCER, p));
    var providers = discovery.providers();
    String config =
        "{'methodConfig': [{'name': [{}]%s%s}]%s}"
            .formatted(policy.isEmpty() ? "" : ",", policy, rest);
    var address = new InetSocketAddress("127.0.0.1", 1);
    core =
        new ChannelCore(
            ChannelSettings.builder(
                    providers,
                    new Target("address", "", "server"),
                    new AddressResolverProvider(address),
                    ChannelSecurity.PLAINTEXT,
                    task -> Thread.ofVirtual().start(task))
                .callCredentials(credentials)
                .userAgent("test")
                .config(
                    Optional.of(
                        new ServiceConfigParser(providers.table(ProviderKind.BALANCER)::find)
                            .parse(config.replace('\'', '"'))))
                .policy(balancer.map(BalancerProvider::policyName).orElse("pick_first"))
                .idleTimeout(Duration.ZERO)
                .observers(new Observers(List.of(observers)))
                .clock(clock)
                .build(),
            UninterceptedChannel::direct);
    channel = new UninterceptedChannel(core.environment(), CallOptions.DEFAULT, retries);
  }

  public static TestCalls with(String policy) {
    return new TestCalls(policy, "", RetrySettings.DEFAULT);
  }

  /** Calls that this policy picks for, in place of pick_first. */
  public static TestCalls balancedBy(BalancerProvider<?> policy) {
    return new TestCalls(
        "", "", RetrySettings.DEFAULT, Optional.of(policy), plaintext(), Optional.empty());
  }

  /**
   * Calls on connections of this level.
   *
   * @param channelWide the channel's call credentials
   */
  public static TestCalls secured(
      String policy, SecurityLevel level, Optional<CallCredentials> channelWide) {
    return new TestCalls(
        policy, "", RetrySettings.DEFAULT, Optional.empty(), protecting(level), channelWide);
  }

  /** Calls that this policy picks for and makes, on connections that nobody else can read. */
  public static TestCalls secured(BalancerProvider<?> policy, CallCredentials channelWide) {
    return new TestCalls(
        "",
        "",
        RetrySettings.DEFAULT,
        Optional.of(policy),
        protecting(SecurityLevel.PRIVACY_AND_INTEGRITY),
        Optional.of(channelWide));
  }

  private static FakeTransport protecting(SecurityLevel level) {
    return new FakeTransport(connection -> connection.ready(PeerSecurity.of(level)));
  }

  private static FakeTransport plaintext() {
    return new FakeTransport(FakeConnection::ready);
  }

  /** Makes a unary call on a thread of its own; the future's value is the response or status. */
  public FutureTask<String> unary(String request, CallOptions options) {
    return start(() -> channel.unary(UNARY, request, options).message());
  }

  public FutureTask<String> unary(String request) {
    return unary(request, CallOptions.DEFAULT);
  }

  public ClientCall<String, String> chat() {
    return channel.call(CHAT, CallOptions.DEFAULT);
  }

  /** Runs this on a thread of its own; the status of what it throws stands for its value. */
  public static FutureTask<String> start(Callable<String> task) {
    var future =
        new FutureTask<>(() -> {
          try {
            return task.call();
          } catch (StatusException e) {
            return e.status().toString();
          }
        });
    Thread.ofVirtual().start(future);
    return future;
  }

  @Override
  public void close() {
    core.close();
  }

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.of("test.Calls/" + name, type, String.class, String.class, "text");
  }

  private record TextCodec() implements Codec {
    @Override
    public String name() {
      return "text";
    }

    @Override
    @SuppressWarnings("unchecked") // the methods above carry nothing but text
    public <T> Marshaller<T> marshaller(Class<T> type) {
      return (Marshaller<T>) new Text();
    }
  }

  private record Text() implements Marshaller<String> {
    @Override
    public ByteBuffer marshal(String message) {
      return ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String unmarshal(ByteBuffer bytes) {
      return StandardCharsets.UTF_8.decode(bytes).toString();
    }
  }
}
