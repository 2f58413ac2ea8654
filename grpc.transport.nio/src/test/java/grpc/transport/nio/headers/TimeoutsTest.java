package grpc.transport.nio.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTest {
  @ParameterizedTest
  @CsvSource({
    "-5, 0n",
    "0, 0n",
    "99999999, 99999999n",
    "100000000, 100000u",
    "100000001, 100001u",
    "99999999000, 99999999u",
    "99999999001, 100000m",
    "99999999000000, 99999999m",
    "99999999000001, 100000S",
    "99999999000000000, 99999999S",
    "99999999000000001, 1666667M",
    "5999999940000000000, 99999999M",
    "5999999940000000001, 1666667H"
  })
  void theFinestUnitThatFitsIsTakenAndRoundedUp(long nanos, String value) {
    assertEquals(value, Timeouts.encode(nanos));
  }

  @Test
  void whatIsEncodedIsReadAsNoLessAndHardlyMore() {
    var random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long nanos = (random.nextLong() >>> 1) >>> random.nextInt(63);
      String value = Timeouts.encode(nanos);
      long read = Timeouts.decode(value);
      assertTrue(read >= nanos, value);
      assertTrue(read - nanos <= Math.max(0, nanos / 10_000), nanos + " as " + value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "S", "123456789S", "1x", "-1S", "+1S", " 1S", "1.5S", "1s"})
  void anythingElseIsMalformed(String value) {
    assertEquals(Timeouts.MALFORMED, Timeouts.decode(value));
  }

  @Test
  void tooLongIsAsLongAsThereIs() {
    assertEquals(Long.MAX_VALUE, Timeouts.decode("99999999H"));
  }
}
