package grpc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.kernel.info.Finding;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.FakeTransport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuntimeCheckTest {
  private record Policy(String policyName) implements BalancerProvider<NoConfig> {
    @Override
    public NoConfig parseConfig(JsonObject json, Policies policies) {
      return NoConfig.NONE;
    }

    @Override
    public Balancer<NoConfig> create(BalancerContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private final GrpcRuntime empty = GrpcRuntime.builder().build();
  private final GrpcRuntime bare = GrpcRuntime.builder().add(new FakeTransport()).build();
  private final GrpcRuntime known =
      GrpcRuntime.builder().add(new FakeTransport()).add(new Policy("known")).build();

  private static List<String> missing(List<Finding> findings) {
    return findings.stream()
        .map(f -> assertInstanceOf(Finding.Missing.class, f))
        .map(m ->
            "%s %s: %s%s"
                .formatted(m.kind(), m.name(), m.module().orElse("?"), m.needed() ? "" : "?"))
        .toList();
  }

  private static void malformed(List<Finding> findings, String message) {
    var only = assertInstanceOf(Finding.Malformed.class, findings.getFirst());
    assertTrue(only.message().contains(message), only.message());
    assertEquals(1, findings.size(), findings.toString());
  }

  @Test
  void schemeTransportAndPolicyAreAllNamedWithTheirModules() {
    var findings = empty.check("dns:///host", "{}");
    assertEquals(
        List.of(
            "RESOLVER dns: grpc.resolver.dns",
            "TRANSPORT nio: grpc.transport.nio",
            "BALANCER pick_first: grpc.balancer.pickfirst"),
        missing(findings));
    assertEquals(
        "no balancer for policy 'pick_first': add module grpc.balancer.pickfirst (found: none)",
        findings.get(2).message());
  }

  @Test
  void passthroughNeedsATransportToo() {
    var findings = empty.check("passthrough:///x", "{\"loadBalancingPolicy\": \"known\"}");
    assertEquals(
        List.of("TRANSPORT nio: grpc.transport.nio", "BALANCER known: ?"), missing(findings));
    assertEquals(
        "no transport for address host/<unresolved>:443 (InetSocketAddress):"
            + " add module grpc.transport.nio (found: none)",
        findings.getFirst().message());
  }

  @Test
  void fieldsInTheWrongCaseAreTold() {
    var findings =
        empty.check(
            "unix:x",
            """
            {"loadBalancingPolicy": "known", "methodconfig": [], "retry_throttling": {},
             "methodConfig": [{"name": [{"Service": "a.B"}, {}], "waitforready": true,
               "retryPolicy": {"MaxAttempts": 2, "maxAttempts": 2, "initialBackoff": "1s",
                 "maxBackoff": "1s", "backoffMultiplier": 1, "retryableStatusCodes": [14]}}],
             "healthCheckConfig": {"servicename": "x"}, "somethingNew": 1}
            """);
    assertEquals(
        List.of(
            "service config: methodconfig: an unknown field, which is ignored (expected:"
                + " methodConfig)",
            "service config: retry_throttling: an unknown field, which is ignored (expected:"
                + " retryThrottling)",
            "service config: methodConfig[0].name[0].Service: an unknown field, which is ignored"
                + " (expected: service)",
            "service config: methodConfig[0].waitforready: an unknown field, which is ignored"
                + " (expected: waitForReady)",
            "service config: methodConfig[0].retryPolicy.MaxAttempts: an unknown field, which is"
                + " ignored (expected: maxAttempts)",
            "service config: healthCheckConfig.servicename: an unknown field, which is ignored"
                + " (expected: serviceName)"),
        findings.stream()
            .map(Finding::message)
            .filter(message -> message.contains("unknown field"))
            .toList());
  }

  @Test
  void targetThatIsAUrlIsMalformed() {
    assertEquals(
        "target with \"http://\": a target is no URL (expected: host:port)",
        empty.check("http://host:1", "{}").getFirst().message());
  }

  /** Throws of whatever it is asked. */
  private record HalfAPlugin() implements BalancerProvider<NoConfig> {
    @Override
    public String policyName() {
      return "half";
    }

    @Override
    public List<String> childPolicies() {
      throw new NoSuchMethodError("half a plugin");
    }

    @Override
    public NoConfig parseConfig(JsonObject json, Policies policies) {
      return NoConfig.NONE;
    }

    @Override
    public Balancer<NoConfig> create(BalancerContext context) {
      throw new UnsupportedOperationException();
    }
  }

  /** Has a child always, another where its configuration names one, and a bug. */
  private record Parent() implements BalancerProvider<NoConfig> {
    @Override
    public String policyName() {
      return "parent";
    }

    @Override
    public List<String> childPolicies() {
      return List.of("pick_first");
    }

    @Override
    public NoConfig parseConfig(JsonObject json, Policies policies) {
      if (json.fields().containsKey("bug")) {
        throw new IllegalStateException("half a plugin");
      }
      if (json.fields().containsKey("child")) {
        policies.choose(json, "child");
      }
      return NoConfig.NONE;
    }

    @Override
    public Balancer<NoConfig> create(BalancerContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static List<Finding> parent(String config) {
    var runtime =
        GrpcRuntime.builder()
            .add(new FakeTransport())
            .add(new Parent())
            .add(new Policy("known"))
            .build();
    return runtime.check(
        "passthrough:///x", "{\"loadBalancingConfig\": [{\"parent\": {%s}}]}".formatted(config));
  }

  @Test
  void policyThatAPolicyNeedsIsNamedWithItsModule() {
    assertEquals(List.of("BALANCER pick_first: grpc.balancer.pickfirst"), missing(parent("")));
  }

  @Test
  void policyWithinAnothersConfigurationIsNamedWithItsModule() {
    assertEquals(
        List.of(
            "BALANCER round_robin: grpc.balancer.roundrobin",
            "BALANCER pick_first: grpc.balancer.pickfirst"),
        missing(parent("\"child\": [{\"round_robin\": {}}]")));
    assertEquals(
        List.of("BALANCER acme: ??", "BALANCER pick_first: grpc.balancer.pickfirst"),
        missing(parent("\"child\": [{\"acme\": {}}, {\"known\": {}}]")));
  }

  @Test
  void pluginThatThrowsIsAFindingOfItsOwn() {
    malformed(parent("\"bug\": 1"), "half a plugin");
    var half = GrpcRuntime.builder().add(new FakeTransport()).add(new HalfAPlugin()).build();
    malformed(
        half.check("passthrough:///x", "{\"loadBalancingPolicy\": \"half\"}"),
        HalfAPlugin.class.getName());
  }

  @Test
  void everyPolicyOfAConfigIsMissingWhereNoneIsKnown() {
    assertEquals(
        List.of("BALANCER round_robin: grpc.balancer.roundrobin", "BALANCER acme: ?"),
        missing(
            bare.check(
                "passthrough:///x",
                "{\"loadBalancingConfig\": [{\"round_robin\": {}}, {\"acme\": {}}]}")));
  }

  @Test
  void policyPreferredToOneThatIsThereIsNotNeeded() {
    assertEquals(
        List.of("BALANCER acme: ??"),
        missing(
            known.check(
                "passthrough:///x",
                """
                {"loadBalancingConfig": [{"acme": {}}, {"known": {}}, {"later": {}}]}\
                """)));
  }

  @Test
  void nothingIsFoundWhereNothingIsWrong() {
    assertEquals(
        List.of(), known.check("passthrough:///x", "{\"loadBalancingPolicy\": \"known\"}"));
  }

  @Test
  void malformedTargetAndConfigAreTold() {
    var config = "{\"loadBalancingPolicy\": \"known\"}";
    malformed(known.check("", config), "target \"\"");
    malformed(known.check("passthrough:///%zz", config), "malformed percent-encoding");
    malformed(known.check("unix-abstract:x", config), "unix-abstract");
    malformed(known.check("passthrough:///x", "{"), "service config: not JSON");
  }

  /** Takes no target. */
  private record Refusing() implements ResolverProvider {
    @Override
    public String scheme() {
      return "dns";
    }

    @Override
    public Resolver create(Target target, ResolverContext context) {
      throw new IllegalArgumentException("target " + target + ": no host");
    }
  }

  @Test
  void targetOfASchemeThatIsMissingIsToldToBeTakenForAName() {
    var runtime = GrpcRuntime.builder().add(new Refusing()).add(new Policy("known")).build();
    var config = "{\"loadBalancingPolicy\": \"known\"}";
    var findings = runtime.check("acme:greeter", config);
    assertTrue(
        findings.stream()
            .anyMatch(f ->
                f.message()
                    .startsWith(
                        "target dns:acme:greeter: no host; 'acme' is no scheme of this runtime's"
                            + " resolvers (found: dns, ")),
        findings::toString);
  }

  @Test
  void restOfAConfigIsReadThoughItsPolicyIsMissing() {
    var findings =
        known.check(
            "passthrough:///x",
            "{\"loadBalancingPolicy\": \"acme\", \"methodConfig\": [{\"timeout\": 1}]}");
    assertEquals(List.of("BALANCER acme: ?"), missing(findings.subList(0, 1)));
    malformed(
        findings.subList(1, 2), "service config: methodConfig[0].timeout: 1 (expected: seconds");
  }

  /** Without one the channel lives, and takes every connection for healthy. */
  @Test
  void checkerThatAHealthCheckConfigWantsIsNamedThoughNotNeeded() {
    var config =
        "{\"loadBalancingPolicy\": \"known\", \"healthCheckConfig\": {\"serviceName\": \"shop\"}}";
    var findings = known.check("passthrough:///x", config);
    assertEquals(List.of("HEALTH grpc.health.v1: grpc.service.health?"), missing(findings));
    assertEquals(
        "no checker of 'grpc.health.v1': add module grpc.service.health (found: none)",
        findings.getFirst().message());
  }

  @Test
  void healthCheckConfigWithoutAServiceWantsNoChecker() {
    var config = "{\"loadBalancingPolicy\": \"known\", \"healthCheckConfig\": {}}";
    assertEquals(List.of(), known.check("passthrough:///x", config));
  }

  @Test
  void codecsAndCompressorOfCallsAreNamed() {
    var method = MethodDescriptor.of("s/m", MethodType.UNARY, byte[].class, byte[].class, "raw");
    var gzip = CallOptions.DEFAULT.withCompressor("gzip");
    assertEquals(
        List.of("COMPRESSOR gzip: grpc.codec.gzip", "CODEC raw: grpc.codec.raw"),
        missing(empty.check(gzip, method, method)));
    assertEquals(List.of(), empty.check(CallOptions.DEFAULT.withCompressor("identity")));
    assertEquals(Optional.empty(), CallOptions.DEFAULT.compressor());
  }
}
