package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each likely mistake is told, and docs/troubleshooting.md says what to do about it. */
@Timeout(60)
class LikelyMistakesTest {
  private static Stream<Mistake> mistakes() {
    return Stream.of(
            MistakesInNames.all(),
            MistakesInServers.all(),
            MistakesInCalls.all(),
            MistakesInHandlers.all())
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void thePageHasWhatIsTold(Mistake mistake) throws Exception {
    String told = mistake.told().call();
    assertTrue(TroubleshootingPage.read().about(told).findAny().isPresent(), "not there: " + told);
  }

  @Test
  void allThatThePageHasIsTold() throws Exception {
    var page = TroubleshootingPage.read();
    var untold = new LinkedHashSet<>(page.messages());
    for (var mistake : mistakes().toList()) {
      page.about(mistake.told().call()).forEach(untold::remove);
    }
    assertEquals(new LinkedHashSet<>(), untold);
  }
}
