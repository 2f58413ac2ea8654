package grpc.spi.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.spi.config.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PoliciesTest {
  private static final Sized SIZED = new Sized();
  private static final Policies POLICIES =
      name -> name.equals("sized") ? Optional.of(SIZED) : Optional.empty();

  /** Demands a size; 13 is refused in words of its own. */
  private static final class Sized implements BalancerProvider<Long> {
    @Override
    public String policyName() {
      return "sized";
    }

    @Override
    public Long parseConfig(JsonObject json, Policies policies) {
      long size = json.integer("size", 1, 100).orElseThrow(() -> json.invalid("size", "1 to 100"));
      if (size == 13) {
        throw new IllegalArgumentException("bad luck");
      }
      return size;
    }

    @Override
    public Balancer<Long> create(BalancerContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static JsonObject list(Object value) {
    return JsonObject.of(Map.of("list", value));
  }

  private static Map<String, ?> policy(String name, Object config) {
    return Map.of(name, config);
  }

  private static void refused(Object list, String message) {
    refused(() -> POLICIES.choose(list(list), "list"), message);
  }

  private static void refused(Executable choose, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, choose).getMessage());
  }

  @Test
  void firstKnownPolicyIsChosenAndWhatComesAfterItIsNotLookedAt() {
    var choice =
        POLICIES.choose(
            list(
                List.of(
                    policy("new", 7),
                    policy("sized", Map.of("size", 5)),
                    policy("sized", Map.of()))),
            "list");
    assertSame(SIZED, choice.provider());
    assertEquals(5L, choice.config());
  }

  @Test
  void listThatNamesNoKnownPolicyIsRefused() {
    String some = "list: [] (expected: a list with a policy, such as [{\"pick_first\": {}}])";
    refused(List.of(), some);
    refused(() -> POLICIES.choose(JsonObject.EMPTY, "list"), some.replace("[] (", "absent ("));
    refused(
        List.of(policy("new", Map.of()), policy("other", Map.of())),
        "list: [\"new\", \"other\"] (expected: a policy that this runtime has a module for)");
  }

  @Test
  void choicesHaveOnePolicyWithAnObject() {
    refused(
        List.of(Map.of()),
        "list: {} (expected: objects with one policy each, such as {\"pick_first\": {}})");
    refused(List.of("sized"), "list: \"sized\" (expected: a list of objects)");
    refused(List.of(policy("sized", 1)), "list[0].sized: 1 (expected: an object)");
  }

  @Test
  void messageOfAPolicyHasThePlace() {
    refused(
        List.of(policy("new", Map.of()), policy("sized", Map.of("size", 0))),
        "list[1].sized.size: 0 (expected: a whole number, 1 to 100)");
    refused(List.of(policy("sized", Map.of("size", 13))), "list[0].sized: bad luck");
  }

  @Test
  void policyThatDemandsAConfigurationIsNamedIfThereIsNone() {
    refused(() -> POLICIES.byName("sized"), "policy sized: size: absent (expected: 1 to 100)");
    assertEquals(Optional.empty(), POLICIES.byName("new"));
  }
}
