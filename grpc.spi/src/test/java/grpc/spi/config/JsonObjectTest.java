package grpc.spi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
  private static final String F = "field";

  private static JsonObject with(Object value) {
    return JsonObject.of(Map.of(F, value));
  }

  private static void refused(Object value, Function<JsonObject, ?> read, String message) {
    var e = assertThrows(InvalidField.class, () -> read.apply(with(value)));
    assertEquals(message, e.getMessage());
  }

  @Test
  void absentAndNullAreTheSame() {
    var fields = new HashMap<String, Object>();
    fields.put(F, null);
    assertEquals(JsonObject.EMPTY, JsonObject.of(fields));
    for (var json : List.of(JsonObject.EMPTY, JsonObject.of(fields))) {
      assertEquals(Optional.empty(), json.string(F));
      assertEquals(Optional.empty(), json.bool(F));
      assertEquals(Optional.empty(), json.number(F));
      assertEquals(Optional.empty(), json.integer(F, 0, 1));
      assertEquals(Optional.empty(), json.cappedInteger(F, 0, 1));
      assertEquals(Optional.empty(), json.duration(F, Duration.ZERO));
      assertEquals(Optional.empty(), json.object(F));
      assertEquals(List.of(), json.objects(F));
      assertEquals(List.of(), json.choices(F, Optional::of, "any"));
    }
  }

  @Test
  void valuesOfOtherTypesAreRefused() {
    refused(1, json -> json.string(F), "field: 1 (expected: a string)");
    refused("true", json -> json.bool(F), "field: \"true\" (expected: true or false)");
    refused(true, json -> json.number(F), "field: true (expected: a number)");
    refused(List.of(), json -> json.object(F), "field: [] (expected: an object)");
    refused(Map.of(), json -> json.objects(F), "field: {} (expected: a list)");
    refused(List.of(1), json -> json.objects(F), "field: 1 (expected: a list of objects)");
  }

  /** As protobuf reads them: also with an exponent, also from a string. */
  @ParameterizedTest
  @CsvSource({"5, 5", "5.0, 5", "-5, -5", "0, 0", "0.0, 0", "1e2, 100", "120E-1, 12", "-0, 0"})
  void wholeNumbersAreReadFromNumbersAndStrings(String text, long number) {
    assertEquals(Optional.of(number), with(text).integer(F, -5, 100));
    assertEquals(Optional.of(number), with(new BigDecimal(text)).integer(F, -5, 100));
    assertEquals(Optional.of(number), with(Double.valueOf(text)).integer(F, -5, 100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "+1",
        "01",
        ".5",
        "1.",
        "0x1",
        "1_0",
        "five",
        "NaN",
        "Infinity",
        "1e",
        "٣",
        "1e9999999999"
      })
  void stringsThatAreNoJsonNumberAreRefused(String text) {
    refused(
        text,
        json -> json.integer(F, 0, 9),
        "field: \"" + text + "\" (expected: a whole number, 0 to 9)");
    refused(text, json -> json.number(F), "field: \"" + text + "\" (expected: a number)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "-1", "10", "9.5", "1e300", "-1e999999999", "1e-999999999"})
  void wholeNumbersKeepTheirRange(String text) {
    var e =
        assertThrows(InvalidField.class, () -> with(new BigDecimal(text)).integer(F, 0, 9), text);
    assertEquals(
        true, e.getMessage().endsWith(" (expected: a whole number, 0 to 9)"), e::getMessage);
  }

  /** The arithmetic of longer ones takes time. */
  @Test
  void numbersOfManyDigitsAreRefused() {
    assertEquals(Optional.of(0L), with("0." + "0".repeat(98)).integer(F, 0, 0));
    assertThrows(InvalidField.class, () -> with("0." + "0".repeat(99)).integer(F, 0, 0));
  }

  @Test
  void limitsOfAnIntegerAreAllowed() {
    assertEquals(Optional.of(Long.MAX_VALUE), with(Long.MAX_VALUE).integer(F, 0, Long.MAX_VALUE));
    assertEquals(Optional.of(7L), with(7).integer(F, 7, 7));
    refused(8, json -> json.integer(F, 7, 7), "field: 8 (expected: a whole number, 7 to 7)");
    refused(6, json -> json.integer(F, 7, 7), "field: 6 (expected: a whole number, 7 to 7)");
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "9, 9", "10, 9", "1e300, 9", "99999999999999999999, 9"})
  void cappedIntegerIsTheCapAtMost(String text, int number) {
    assertEquals(Optional.of(number), with(text).cappedInteger(F, 2, 9));
  }

  @Test
  void cappedIntegerHasALeast() {
    refused(
        1, json -> json.cappedInteger(F, 2, 9), "field: 1 (expected: a whole number, 2 or more)");
    refused(
        2.5,
        json -> json.cappedInteger(F, 2, 9),
        "field: 2.5 (expected: a whole number, 2 or more)");
  }

  @Test
  void numbersAreFinite() {
    assertEquals(Optional.of(1.5), with(1.5).number(F));
    assertEquals(Optional.of(1.5), with("1.5").number(F));
    assertEquals(Optional.of(-0.001), with("-1e-3").number(F));
    refused("1e999", json -> json.number(F), "field: \"1e999\" (expected: a number)");
    for (double no : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> with(no));
    }
    assertThrows(IllegalArgumentException.class, () -> with(new BigDecimal("1" + "0".repeat(200))));
  }

  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "1s, PT1S",
    "1.5s, PT1.5S",
    "0.000000001s, PT0.000000001S",
    "1.000s, PT1S",
    "-1.5s, PT-1.5S",
    "-0s, PT0S",
    "007s, PT7S",
    "315576000000s, PT87660000H",
    "-315576000000s, PT-87660000H"
  })
  void durationsAreThoseOfProtobuf(String text, Duration duration) {
    assertEquals(Optional.of(duration), with(text).duration(F, duration));
    assertEquals(Optional.of(duration), with(text).duration(F, duration, duration));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "s",
        "-s",
        "1.s",
        ".5s",
        "+1s",
        " 1s",
        "1s ",
        "1 s",
        "1e3s",
        "1ms",
        "1S",
        "٣s",
        "1.0000000001s",
        "315576000000.000000001s",
        "315576000001s",
        "9999999999999s",
        "-315576000001s"
      })
  void textsThatAreNoDurationAreRefused(String text) {
    refused(
        text,
        json -> json.duration(F, Duration.ofSeconds(Long.MIN_VALUE)),
        "field: \""
            + text
            + "\" (expected: seconds such as \"1.5s\" with at most nine decimals,"
            + " -9223372036854775808s or more)");
  }

  @Test
  void durationsKeepTheirRange() {
    String seconds = " (expected: seconds such as \"1.5s\" with at most nine decimals, ";
    refused(
        "-1s", json -> json.duration(F, Duration.ZERO), "field: \"-1s\"" + seconds + "0s or more)");
    refused(1, json -> json.duration(F, Duration.ZERO), "field: 1" + seconds + "0s or more)");
    var least = Duration.ofMillis(100);
    var most = Duration.ofSeconds(2);
    assertEquals(Optional.of(least), with("0.1s").duration(F, least, most));
    assertEquals(Optional.of(most), with("2s").duration(F, least, most));
    for (String bad : List.of("0.099999999s", "2.000000001s")) {
      refused(
          bad,
          json -> json.duration(F, least, most),
          "field: \"" + bad + "\"" + seconds + "0.1s to 2s)");
    }
  }

  @Test
  void choicesAreNamesOrNumbers() {
    Function<String, Optional<String>> known =
        text -> Optional.ofNullable(Map.of("RED", "red", "1", "red", "BLUE", "blue").get(text));
    assertEquals(
        List.of("blue", "red", "red"), with(List.of("BLUE", 1, 1.0)).choices(F, known, "colours"));
    for (Object bad : new Object[] {"PINK", "red", true, 1.5, List.of("RED")}) {
      refused(
          List.of("RED", bad),
          json -> json.choices(F, known, "colours"),
          with(bad).invalid(F, "colours").getMessage());
    }
    refused("RED", json -> json.choices(F, known, "colours"), "field: \"RED\" (expected: a list)");
  }

  @Test
  void messagesHaveTheWholePath() {
    var root =
        JsonObject.of(Map.of("list", List.of(Map.of(), Map.of("inner", Map.of("size", "big")))));
    var inner = root.objects("list").get(1).object("inner").orElseThrow();
    assertEquals("list[1].inner", inner.path());
    assertEquals("list[1].inner.size", inner.path("size"));
    assertEquals(
        "list[1].inner.size: \"big\" (expected: a number)",
        assertThrows(InvalidField.class, () -> inner.number("size")).getMessage());
    assertEquals(
        "list[1].inner.other: absent (expected: a size)",
        inner.invalid("other", "a size").getMessage());
  }

  @Test
  void messagesShowJsonAndOnlyItsBeginning() {
    assertEquals(
        "field: {\"a\": [1, true, \"q\\\"\\u000a\"]} (expected: less)",
        with(Map.of("a", List.of(1.0, true, "q\"\n"))).invalid(F, "less").getMessage());
    assertEquals(
        "field: \"%s... (302 characters) (expected: less)".formatted("x".repeat(99)),
        with("x".repeat(300)).invalid(F, "less").getMessage());
  }

  @Test
  void objectsAreCopiedAndEqualByTheirFields() {
    var list = new ArrayList<Object>(Arrays.asList(1, null, "x"));
    var fields = new HashMap<String, Object>(Map.of("list", list, "number", 5));
    var json = JsonObject.of(fields);
    list.clear();
    fields.clear();
    assertEquals(List.of(BigDecimal.ONE, "x"), json.fields().get("list"));
    assertEquals(JsonObject.of(Map.of("number", 5.0, "list", List.of(1L, "x"))), json);
    assertEquals(
        JsonObject.of(Map.of("a", Map.of("list", List.of(1, "x"), "number", 5))),
        JsonObject.of(Map.of("a", json)));
    assertThrows(UnsupportedOperationException.class, () -> json.fields().put("a", 1));
    assertThrows(IllegalArgumentException.class, () -> with(new Object()));
  }
}
