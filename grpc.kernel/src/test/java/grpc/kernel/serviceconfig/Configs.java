package grpc.kernel.serviceconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.Optional;

/** Parses configs, written with single quotes, for a runtime that has the policy {@code known}. */
final class Configs {
  /** What the policy was configured with. */
  record Known(double size) {}

  private static final BalancerProvider<Known> KNOWN =
      new BalancerProvider<>() {
        @Override
        public String policyName() {
          return "known";
        }

        @Override
        public Balancer<Known> create(BalancerContext context) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Known parseConfig(JsonObject json, Policies policies) {
          return new Known(json.number("size").orElse(0.0));
        }
      };

  private Configs() {}

  static ServiceConfig parse(String json) {
    return new ServiceConfigParser(
            name -> name.equals("known") ? Optional.of(KNOWN) : Optional.empty())
        .parse(json.replace('\'', '"'));
  }

  /** Checks that the config is refused with this message. */
  static void refused(String json, String message) {
    var e = assertThrows(IllegalArgumentException.class, () -> parse(json));
    assertEquals(message, e.getMessage());
  }

  static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.of(name, MethodType.UNARY, byte[].class, byte[].class, "raw");
  }
}
