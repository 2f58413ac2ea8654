package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigChooserTest {
  private final ConfigChooser chooser = new ConfigChooser(() -> "host1", 50);

  private static Optional<List<String>> record(String json) {
    return Optional.of(List.of("grpc_config=" + json.replace('\'', '"')));
  }

  private void chosen(String expected, String json) {
    assertEquals(
        new ConfigChoice.Chosen(Optional.of(expected.replace('\'', '"'))),
        chooser.choose(record(json)));
  }

  private void none(String json) {
    assertEquals(new ConfigChoice.Chosen(Optional.empty()), chooser.choose(record(json)));
  }

  private void malformed(String message, String json) {
    var malformed = assertInstanceOf(ConfigChoice.Malformed.class, chooser.choose(record(json)));
    assertEquals(
        "TXT record with grpc_config=: " + message, malformed.message().replace('"', '\''));
  }

  @Test
  void firstChoiceForThisClientWins() {
    chosen(
        "{'b':2}",
        """
        [{'clientLanguage': ['go'], 'serviceConfig': {'a': 1}}, {'serviceConfig': {'b': 2}},
         {'serviceConfig': {'c': 3}}]\
        """);
  }

  @Test
  void languageIsJavaInWhateverCase() {
    chosen("{}", "[{'clientLanguage': ['go', 'JAVA'], 'serviceConfig': {}}]");
    chosen("{}", "[{'clientLanguage': [], 'serviceConfig': {}}]");
    none("[{'clientLanguage': ['go'], 'serviceConfig': {}}]");
  }

  @Test
  void percentageTakesThoseBelowIt() {
    chosen("{}", "[{'percentage': 51, 'serviceConfig': {}}]");
    none("[{'percentage': 50, 'serviceConfig': {}}]");
    none("[{'percentage': 0, 'serviceConfig': {}}]");
    chosen("{}", "[{'percentage': 100, 'serviceConfig': {}}]");
  }

  @Test
  void hostnameIsThisMachines() {
    chosen("{}", "[{'clientHostname': ['host0', 'host1'], 'serviceConfig': {}}]");
    none("[{'clientHostname': ['host0', 'HOST1'], 'serviceConfig': {}}]");
  }

  @Test
  void allConditionsMustHold() {
    none("[{'clientLanguage': ['java'], 'clientHostname': ['x'], 'serviceConfig': {}}]");
  }

  @Test
  void recordsWithoutThePrefixAreOfOthers() {
    assertEquals(
        new ConfigChoice.Chosen(Optional.empty()),
        chooser.choose(Optional.of(List.of("v=spf1 -all", "[{}]"))));
  }

  @Test
  void recordsNotKnownAreNotNone() {
    assertEquals(new ConfigChoice.Unknown(), chooser.choose(Optional.empty()));
  }

  @Test
  void whatIsMalformedIsTold() {
    malformed("not JSON", "[");
    malformed("a JSON value (expected: a list of choices)", "{}");
    malformed("1 (expected: an object)", "[1]");
    malformed(
        "percentage: 101 (expected: a whole number, 0 to 100)",
        "[{'percentage': 101, 'serviceConfig': {}}]");
    malformed(
        "clientLanguage: 'java' (expected: a list of strings)",
        "[{'clientLanguage': 'java', 'serviceConfig': {}}]");
    malformed("serviceConfig: null (expected: an object)", "[{}]");
  }
}
