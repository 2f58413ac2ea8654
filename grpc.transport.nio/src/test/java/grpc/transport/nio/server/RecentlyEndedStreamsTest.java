package grpc.transport.nio.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which streams may still get trailers (RFC 9113 §5.1, closed): of 1024, the newest of each slot.
 */
class RecentlyEndedStreamsTest {
  /** Steps: {@code +id} has ended here, {@code -id} at the client, too; what they leave. */
  @ParameterizedTest
  @CsvSource({
    "'', 1, false",
    "+1, 1, true",
    "+1, 3, false",
    "+1, 2049, false", // the same slot, another stream
    "+1 +2049, 2049, true",
    "+1 +2049, 1, false", // the newer one has the slot
    "+1 +3 +2047, 1, true",
    "+1 -1, 1, false",
    "+1 -3, 1, true",
    "+1 -2049, 1, true", // of another stream
    "+1 +2049 -1, 2049, true",
    "+2147483647, 2147483647, true",
  })
  void remembers(String steps, int id, boolean expected) {
    var ended = new RecentlyEndedStreams();
    play(ended, steps);
    assertEquals(expected, ended.contains(id));
    assertEquals(expected, ended.remove(id), "the client's half ends");
    assertEquals(false, ended.remove(id), "and ends again");
  }

  private static void play(RecentlyEndedStreams ended, String steps) {
    for (String step : steps.isEmpty() ? new String[0] : steps.split(" ")) {
      int id = Integer.parseInt(step.substring(1));
      if (step.startsWith("+")) {
        ended.add(id);
      } else {
        ended.remove(id);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1023, true", "1024, true", "1025, false"})
  void theFirstIsForgottenBehind1024(int streams, boolean remembered) {
    var ended = new RecentlyEndedStreams();
    for (int i = 0; i < streams; i++) {
      ended.add(2 * i + 1);
    }
    assertEquals(remembered, ended.contains(1));
    assertEquals(true, ended.contains(2 * streams - 1));
  }
}
