package integration.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of the JVM that the image was not made for. */
@Timeout(100)
class JvmOptionsTest {
  /** With each of them the ahead-of-time cache, or a part of it, does not fit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseZGC",
        "-XX:+UseParallelGC",
        "-Xmx33g",
        "-XX:-UseCompressedOops",
        "-XX:+UseCompactObjectHeaders",
        "-XX:AOTCache=/none"
      })
  void leaveTheOutputToTheProgram(String options) throws Exception {
    var usual = Launcher.run("greeter", "greeter-client", "--help");
    var result = Launcher.runWith(options, "greeter", "greeter-client", "--help");
    assertEquals(usual.output(), result.output());
    assertEquals(0, result.exit());
    assertEquals("", result.errors());
  }

  @Test
  void withoutMemoryTheProcessEnds() throws Exception {
    var result =
        Launcher.runWith("-Xmx6m", "interop", "interop-client", "--test_case=very_large_request");
    assertNotEquals(0, result.exit());
    assertTrue(result.output().contains("java.lang.OutOfMemoryError"), result::toString);
  }
}
