package grpc.kernel.serviceconfig;

import static grpc.kernel.serviceconfig.Configs.parse;
import static grpc.kernel.serviceconfig.Configs.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.kernel.serviceconfig.Configs.Known;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BalancingReaderTest {
  /** The policy's name and configuration. */
  private static Optional<List<?>> balancing(String json) {
    return parse(json).balancing().map(c -> List.of(c.provider().policyName(), c.config()));
  }

  @Test
  void firstKnownPolicyWinsWithItsOwnConfig() {
    assertEquals(
        Optional.<List<?>>of(List.of("known", new Known(7.0))),
        balancing(
            "{'loadBalancingConfig': [{'new': 'x'}, {'known': {'size': 7}}, {'known': {}}]}"));
  }

  @Test
  void deprecatedNameIsReadInWhateverCase() {
    var known = Optional.<List<?>>of(List.of("known", new Known(0.0)));
    assertEquals(known, balancing("{'loadBalancingPolicy': 'KNOWN'}"));
    assertEquals(
        known, balancing("{'loadBalancingPolicy': 'new', 'loadBalancingConfig': [{'known': {}}]}"));
    assertEquals(known, balancing("{'loadBalancingPolicy': 'known', 'loadBalancingConfig': []}"));
  }

  @Test
  void saysNothingWhereThereIsNothing() {
    assertEquals(Optional.empty(), balancing("{}"));
  }

  @Test
  void onlyUnknownPoliciesAreRefused() {
    refused(
        "{'loadBalancingConfig': [{'new': {}}, {'other': {}}]}",
        "loadBalancingConfig: [\"new\", \"other\"] (expected: a policy that this runtime has a"
            + " module for)");
    refused(
        "{'loadBalancingPolicy': 'new'}",
        "loadBalancingPolicy: \"new\" (expected: a policy that this runtime has a module for)");
  }

  @Test
  void modulesOfPoliciesThatAreMissingAreNamed() {
    refused(
        "{'loadBalancingConfig': [{'new': {}}, {'round_robin': {}}, {'pick_first': {}}]}",
        "loadBalancingConfig: [\"new\", \"round_robin\", \"pick_first\"] (expected: a policy that"
            + " this runtime has a module for; add grpc.balancer.roundrobin or"
            + " grpc.balancer.pickfirst)");
    refused(
        "{'loadBalancingPolicy': 'ROUND_ROBIN'}",
        "loadBalancingPolicy: \"round_robin\" (expected: a policy that this runtime has a module"
            + " for; add grpc.balancer.roundrobin)");
  }

  @Test
  void choiceIsOnePolicyWithAnObject() {
    refused(
        "{'loadBalancingConfig': [{'new': {}}, {'known': {}, 'new': {}}]}",
        "loadBalancingConfig: {\"known\": {}, \"new\": {}} (expected: objects with one policy each,"
            + " such as {\"pick_first\": {}})");
    refused(
        "{'loadBalancingConfig': [{'known': 1}]}",
        "loadBalancingConfig[0].known: 1 (expected: an object)");
    refused("{'loadBalancingConfig': {}}", "loadBalancingConfig: {} (expected: a list)");
    refused("{'loadBalancingConfig': [1]}", "loadBalancingConfig: 1 (expected: a list of objects)");
  }

  @Test
  void whatThePolicyRefusesIsToldWithItsPath() {
    refused(
        "{'loadBalancingConfig': [{'new': {}}, {'known': {'size': 'big'}}]}",
        "loadBalancingConfig[1].known.size: \"big\" (expected: a number)");
  }
}
