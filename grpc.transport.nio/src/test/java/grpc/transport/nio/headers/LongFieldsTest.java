package grpc.transport.nio.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields of a peer that are malformed and long: what is said of them stays short. */
class LongFieldsTest {
  private static final String LONG = "x".repeat(4_000);
  private static final int SHORT = 250;

  private static void assertCut(String message) {
    assertTrue(message.contains("x... (40"), message);
    assertTrue(message.length() < SHORT, message);
  }

  private static ParsedRequest read(String path, String name, String value) {
    var reader = new RequestReader();
    reader.header(":method", "POST", false);
    reader.header(":scheme", "http", false);
    reader.header(":path", path, false);
    reader.header("content-type", "application/grpc", false);
    reader.header(name, value, false);
    return reader.finish();
  }

  @ParameterizedTest
  @CsvSource({"/a.B/C, grpc-timeout", "LONG, te", "/a.B/C, LONG-bin"})
  void aRequestIsDeclinedInFewWords(String path, String name) {
    var head =
        read(
            path.replace("LONG", LONG),
            name.replace("LONG", LONG),
            name.equals("te") ? "trailers" : LONG + "!");
    assertCut(assertInstanceOf(ParsedRequest.Declined.class, head).status().message());
  }

  @ParameterizedTest
  @CsvSource({"te, LONG", "content-length, LONG", "LONG:, 1"})
  void aMalformedRequestIsExplainedInFewWords(String name, String value) {
    var head = read("/a.B/C", name.replace("LONG", LONG), value.replace("LONG", LONG));
    assertCut(assertInstanceOf(ParsedRequest.Malformed.class, head).reason());
  }

  @Test
  void aForeignResponseIsExplainedInFewWords() {
    var reader = new ResponseReader();
    reader.header(":status", "404", false);
    reader.header("content-type", LONG, false);
    assertEquals("UNIMPLEMENTED", reader.status().code().name());
    assertCut(reader.status().message());
  }
}
