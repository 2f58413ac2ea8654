package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.Status;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.registry.Discovery;
import grpc.kernel.registry.ProviderKind;
import grpc.kernel.serviceconfig.ServiceConfigParser;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.resolver.Target;
import grpc.testing.ScriptedResolver;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which service config a channel goes by (gRFC A21). */
class ConfigInForceTest {
  /** A policy that is configured by a number; 13 is a defect of its own. */
  private record Sized(double size) {}

  private static final BalancerProvider<Sized> SIZED =
      new BalancerProvider<>() {
        @Override
        public String policyName() {
          return "sized";
        }

        @Override
        public Balancer<Sized> create(BalancerContext context) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Sized parseConfig(JsonObject json, Policies policies) {
          double size = json.number("size").orElse(0.0);
          if (size == 13) {
            throw new IllegalStateException("a bug");
          }
          return new Sized(size);
        }
      };

  private static String config(String size) {
    return size.equals("{}")
        ? "{}"
        : "{\"loadBalancingConfig\":[{\"sized\":{\"size\":" + size + "}}]}";
  }

  /** What is in force in a channel with this default config, {@code -} for none. */
  private static ConfigInForce inForce(String defaultConfig, boolean resolverConfig) {
    var discovery = new Discovery(false);
    discovery.add(ProviderKind.BALANCER, SIZED);
    var providers = discovery.providers();
    var parser = new ServiceConfigParser(providers.table(ProviderKind.BALANCER)::find);
    return new ConfigInForce(
        ChannelSettings.builder(
                providers,
                new Target("test", "", "backends"),
                new ScriptedResolver("test"),
                ChannelSecurity.PLAINTEXT,
                Runnable::run)
            .policy("sized")
            .config(
                defaultConfig.equals("-")
                    ? Optional.empty()
                    : Optional.of(parser.parse(config(defaultConfig))))
            .resolverConfig(resolverConfig)
            .build());
  }

  /** Takes over resolutions: with this size, {@code none}, {@code bad}, {@code unreadable}. */
  private static Status resolve(ConfigInForce config, String resolutions) {
    var status = Status.OK;
    for (String each : resolutions.isEmpty() ? new String[0] : resolutions.split(" ")) {
      status =
          switch (each) {
            case "none" -> config.take(Optional.empty());
            case "unreadable" -> config.takeNone("no TXT record");
            case "bad" -> config.take(Optional.of("{"));
            default -> config.take(Optional.of(config(each)));
          };
    }
    return status;
  }

  @ParameterizedTest
  @CsvSource({
    // default, resolutions: status of the last, size in force
    "-, '', OK, 0", // the channel's policy as it is without a configuration
    "-, none, OK, 0",
    "-, 1, OK, 1",
    "-, 1 2, OK, 2",
    "-, 1 none, OK, 0", // a resolution without one takes it back
    "-, {}, OK, 0",
    "-, bad, UNAVAILABLE, 0", // A21: calls fail until there is one
    "-, unreadable, UNAVAILABLE, 0",
    "-, 13, INTERNAL, 0", // the policy's own failure
    "-, bad none, OK, 0",
    "-, bad 1, OK, 1",
    "-, 1 bad, OK, 1", // A21: the last good one stays
    "-, 1 13, OK, 1",
    "-, 1 unreadable, OK, 1",
    "-, 1 bad 2 bad, OK, 2",
    "-, none bad, OK, 0", // none at all was good, too
    "9, '', OK, 9",
    "9, none, OK, 9",
    "9, 1, OK, 1",
    "9, 1 none, OK, 9",
    "9, bad, OK, 9", // A21: the default applies
    "9, unreadable, OK, 9",
    "9, 13, OK, 9",
    "9, 1 bad, OK, 1",
    "9, {}, OK, 9", // it names no policy: the default's does
    "{}, bad, OK, 0", // a default that says nothing is one
  })
  void whatIsInForce(String defaultConfig, String resolutions, String status, double size) {
    var config = inForce(defaultConfig, true);
    assertEquals(status, resolve(config, resolutions).code().name());
    assertEquals(new Sized(size), config.balancing().config());
  }

  @ParameterizedTest
  @CsvSource({"-, 1, 0", "-, bad, 0", "-, unreadable, 0", "9, 1, 9", "9, bad, 9", "9, 13, 9"})
  void theResolversConfigMayBeIgnored(String defaultConfig, String resolutions, double size) {
    var config = inForce(defaultConfig, false);
    assertEquals(Status.OK, resolve(config, resolutions));
    assertEquals(new Sized(size), config.balancing().config());
    assertEquals(Optional.empty(), config.refused());
  }

  @Test
  void whatWasRefusedIsTold() {
    var config = inForce("-", true);
    assertEquals(Optional.empty(), config.refused());
    var status = config.takeNone("no TXT record");
    assertEquals("test:backends: bad service config: no TXT record", status.message());
    assertEquals(Optional.of(new ChannelData.Refused("", status.message())), config.refused());
    var worse = config.take(Optional.of("{\"loadBalancingConfig\":3}"));
    var refused = config.refused().orElseThrow();
    assertEquals("{\"loadBalancingConfig\":3}", refused.json());
    assertEquals(worse.message(), refused.error());
  }

  @Test
  void theConfigInForceIsTheOneThatWasRead() {
    var config = inForce("9", true);
    assertEquals(config("9"), config.now().json());
    resolve(config, "1 bad");
    assertEquals(config("1"), config.now().json());
  }

  @Test
  void aPolicyThatIsMissingIsToldAtOnce() {
    var providers = new Discovery(false).providers();
    var settings =
        ChannelSettings.builder(
                providers,
                new Target("test", "", "backends"),
                new ScriptedResolver("test"),
                ChannelSecurity.PLAINTEXT,
                Runnable::run)
            .policy("sized")
            .build();
    var e = assertThrows(IllegalStateException.class, () -> new ConfigInForce(settings));
    assertEquals("no balancer for policy 'sized'", e.getMessage().substring(0, 30));
  }
}
