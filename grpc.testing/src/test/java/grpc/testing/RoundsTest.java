package grpc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundsTest {
  private final String before = System.getProperty(Rounds.PROPERTY, "");

  @AfterEach
  void restore() {
    if (before.isEmpty()) {
      System.clearProperty(Rounds.PROPERTY);
    } else {
      System.setProperty(Rounds.PROPERTY, before);
    }
  }

  @Test
  void thePropertySaysHowMany() {
    System.setProperty(Rounds.PROPERTY, "7");
    assertEquals(7, Rounds.ofRun().count());
    System.clearProperty(Rounds.PROPERTY);
    assertEquals(Rounds.DEFAULT, Rounds.ofRun().count());
  }

  @ParameterizedTest
  @CsvSource({
    "0, grpc.testing.rounds: 0 (expected: at least 1)",
    "-5, grpc.testing.rounds: -5 (expected: at least 1)",
    "many, grpc.testing.rounds: many (expected: a whole number of at least 1)"
  })
  void aCountThatIsNoneIsRefused(String text, String message) {
    System.setProperty(Rounds.PROPERTY, text);
    var e = assertThrows(IllegalArgumentException.class, Rounds::ofRun);
    assertEquals(message, e.getMessage());
  }
}
