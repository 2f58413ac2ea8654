package grpc.kernel.serviceconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceConfigParserTest {
  private static final BalancerProvider KNOWN =
      new BalancerProvider() {
        @Override
        public String policyName() {
          return "known";
        }

        @Override
        public Balancer create(BalancerContext context) {
          throw new UnsupportedOperationException();
        }
      };

  private static ServiceConfig parse(String json) {
    return new ServiceConfigParser(
            name -> name.equals("known") ? Optional.of(KNOWN) : Optional.empty())
        .parse(json.replace('\'', '"'));
  }

  private static void refused(String json, String expectedInMessage) {
    var e = assertThrows(IllegalArgumentException.class, () -> parse(json));
    assertTrue(e.getMessage().contains(expectedInMessage), e.getMessage());
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.of(name, MethodType.UNARY, byte[].class, byte[].class, "raw");
  }

  @Test
  void firstKnownPolicyWins() {
    var config = parse("{'loadBalancingConfig': [{'new': {}}, {'known': {}}], 'unheard': 1}");
    assertEquals("known", config.balancing().orElseThrow().policy());
    assertEquals(
        "known", parse("{'loadBalancingPolicy': 'KNOWN'}").balancing().orElseThrow().policy());
  }

  @Test
  void methodBeforeServiceBeforeAll() {
    var config =
        parse(
            """
            {'methodConfig': [
              {'name': [{}], 'timeout': '3s'},
              {'name': [{'service': 's'}], 'timeout': '2s', 'waitForReady': true},
              {'name': [{'service': 's', 'method': 'm'}], 'timeout': '1.5s',
               'maxRequestMessageBytes': 5, 'maxResponseMessageBytes': '6'}]}
            """);
    var exact = config.forMethod(method("s/m"));
    assertEquals(new MethodConfig(Optional.empty(), 1_500_000_000L, 5, 6), exact);
    assertEquals(Optional.of(true), config.forMethod(method("s/other")).waitForReady());
    assertEquals(3_000_000_000L, config.forMethod(method("t/m")).timeoutNanos());
    assertEquals(MethodConfig.NONE, parse("{}").forMethod(method("s/m")));
  }

  @Test
  void oneBadFieldRejectsTheWhole() {
    refused("{", "not JSON");
    refused("[]", "a JSON object");
    refused("{'loadBalancingConfig': [{'new': {}}]}", "has a module for");
    refused("{'loadBalancingConfig': [{'known': {}, 'new': {}}]}", "one policy each");
    refused("{'methodConfig': [{'name': [{}], 'timeout': '1'}]}", "methodConfig[0].timeout");
    refused("{'methodConfig': [{'name': [{}], 'timeout': '-1s'}]}", "timeout");
    refused("{'methodConfig': [{'name': [{}], 'waitForReady': 'yes'}]}", "waitForReady");
    refused("{'methodConfig': [{'name': [{}, {}]}]}", "each name once");
    refused("{'methodConfig': [{'name': [{'method': 'm'}]}]}", "a service beside the method");
    refused("{'methodConfig': [{'name': [{}], 'maxRequestMessageBytes': -1}]}", "0 or more");
  }
}
