package grpc.transport.nio.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9113 §8.2 and §8.3. */
class FieldRulesTest {
  private final FieldRules rules = new FieldRules();

  @ParameterizedTest
  @CsvSource({"'', GET, ''", "POST, GET, :method twice", "'', '', :method is empty"})
  void pseudoFieldsBeforeRegularOnes(String before, String value, String malformed) { // §8.3
    assertEquals(value, rules.pseudo(":method", before, value));
    assertEquals(malformed, rules.malformed());
  }

  @ParameterizedTest
  @CsvSource({"'', GET", "POST, GET", "'', ''"})
  void pseudoFieldsAfterRegularOnes(String before, String value) {
    rules.regular();
    assertEquals(value, rules.pseudo(":method", before, value));
    assertEquals(":method after a regular field", rules.malformed());
  }

  @Test
  void trailersHaveNoPseudoFields() { // §8.1
    rules.regular();
    assertEquals("", rules.malformedTrailers());
    rules.reset();
    rules.pseudo(":status", "", "200");
    assertEquals("", rules.malformed());
    assertEquals("a pseudo-field in trailers", rules.malformedTrailers());
    rules.broken("te: x");
    assertEquals("te: x", rules.malformedTrailers());
  }

  @Test
  void everyByteOfAName() { // §8.2.1: no 0x00-0x20, A-Z, 0x7f-0xff, and no colon
    for (char c = 0; c <= 0xFF; c++) {
      rules.reset();
      boolean good = c > ' ' && c < 0x7F && c != ':' && !(c >= 'A' && c <= 'Z');
      for (String name : new String[] {c + "a", "a" + c, String.valueOf(c)}) {
        assertEquals(good, rules.isMetadata(name), "byte " + (int) c);
        assertEquals(good, rules.malformed().isEmpty(), "byte " + (int) c);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "te",
        "host",
        "user-agent",
        "content-type",
        "content-length",
        "connection",
        "keep-alive",
        "proxy-connection",
        "transfer-encoding",
        "upgrade",
        "grpc-timeout",
        "grpc-encoding",
        "grpc-accept-encoding",
        "grpc-message-type",
        "grpc-status",
        "grpc-message",
        "grpc-status-details-bin",
      })
  void namesThatGrpcKeepsAreNoMetadataAndNoError(String name) {
    assertFalse(rules.isMetadata(name));
    assertEquals("", rules.malformed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a-bin", "grpc-previous-rpc-attempts", "x.y_z~!#$%&'*+^`|"})
  void otherNamesAreMetadata(String name) {
    assertTrue(rules.isMetadata(name));
    assertEquals("", rules.malformed());
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 9110 §8.6: values of content-length in their order, the length, whether it is malformed
    "'', -1, false",
    "0, 0, false",
    "007, 7, false",
    "5 5, 5, false",
    "999999999999999999, 999999999999999999, false",
    "5 6, 6, true",
    "x, -1, true",
    "-5, -1, true",
    "+5, -1, true",
    "1.0, -1, true",
    "1000000000000000000, -1, true",
    "5 x, -1, true",
  })
  void contentLength(String values, long length, boolean malformed) {
    for (String value : values.isEmpty() ? new String[0] : values.split(" ")) {
      rules.contentLength(value);
    }
    assertEquals(length, rules.contentLength());
    assertEquals(malformed, !rules.malformed().isEmpty(), rules.malformed());
  }

  @ParameterizedTest
  @CsvSource({"a, a", "A, a field", "a b, a field", "'', a field", ":path, a field"})
  void aBadValueIsToldByItsNameIfThatIsOne(String name, String told) {
    rules.malformedValue(name);
    assertEquals(
        "the value of " + told + " begins or ends with white space, or holds NUL, CR or LF",
        rules.malformed());
  }

  @Test
  void resetForgets() {
    rules.pseudo(":method", "", "GET");
    rules.regular();
    rules.contentLength("5");
    rules.connectionSpecific("upgrade");
    assertEquals("connection-specific field upgrade", rules.malformed()); // §8.2.2
    rules.reset();
    assertEquals("", rules.malformedTrailers());
    assertEquals(FieldRules.NO_LENGTH, rules.contentLength());
    rules.pseudo(":method", "", "GET");
    assertEquals("", rules.malformed());
  }
}
