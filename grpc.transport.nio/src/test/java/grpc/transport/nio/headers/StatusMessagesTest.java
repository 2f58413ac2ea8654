package grpc.transport.nio.headers;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusMessagesTest {
  @ParameterizedTest
  @CsvSource({
    "plain ~ text, plain ~ text",
    "100 %, 100 %25",
    "a\tb\u0001c, a%09b%01c",
    "ü, %C3%BC",
    "\uD83D\uDE00, %F0%9F%98%80",
    "\u007F, %7F",
    "' a b ', %20a b%20",
    "' ', %20",
    "'  ', %20%20"
  })
  void allButPrintableAsciiAndPercentIsEncoded(String message, String value) {
    assertEquals(value, StatusMessages.encode(message));
    assertEquals(message, StatusMessages.decode(value));
  }

  @ParameterizedTest
  @CsvSource({"%, %", "a%2, a%2", "%zz, %zz", "%%41, %A", "%c3%bc, ü", "%41%, A%"})
  void whatIsNotEncodedStaysAsItIs(String value, String message) {
    assertEquals(message, StatusMessages.decode(value));
  }

  @ParameterizedTest
  @CsvSource({"äbc, 0, ''", "äbc, 5, ''", "äbc, 6, ä", "äbc, 7, äb", "abc, 9, abc", "%%, 5, %"})
  void isCutBetweenCharacters(String message, int most, String beginning) {
    assertEquals(beginning, StatusMessages.cut(message, most));
  }

  @Test
  void decodingNeverFails() {
    var random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      var value = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        value.append(random.nextBoolean() ? '%' : (char) random.nextInt(256));
      }
      assertDoesNotThrow(() -> StatusMessages.decode(value.toString()));
    }
  }
}
