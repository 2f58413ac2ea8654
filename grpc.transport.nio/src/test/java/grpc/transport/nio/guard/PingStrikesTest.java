package grpc.transport.nio.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.spi.transport.PingPolicy;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The third PING that comes too soon ends the connection (gRFC A8, server enforcement). */
class PingStrikesTest {
  private static final PingPolicy EVERY_MINUTE = PingPolicy.atMostEvery(Duration.ofMinutes(1));
  private static final long BEGAN = Long.MAX_VALUE - 5; // nanoTime may pass the largest long

  /**
   * A row is the moments of PINGs in seconds: {@code c} while calls run, {@code a} after HEADERS or
   * DATA were sent, {@code !} where the connection ends.
   */
  private static void play(PingPolicy policy, String pings) {
    var strikes = new PingStrikes(policy);
    var seen = new StringBuilder();
    for (String ping : pings.split(" ")) {
      String moment = ping.replaceAll("[ca!]", "");
      long now = BEGAN + Duration.ofSeconds(Long.parseLong(moment)).toNanos();
      seen.append(seen.isEmpty() ? "" : " ").append(ping.replace("!", ""));
      try {
        strikes.ping(now, ping.contains("a"), ping.contains("c"));
      } catch (ConnectionError e) {
        assertEquals(ErrorCode.ENHANCE_YOUR_CALM, e.code());
        assertEquals("too_many_pings", e.getMessage()); // A8: clients look for these words
        seen.append('!');
      }
    }
    assertEquals(pings, seen.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "0c 60c 120c 180c 240c", // as often as permitted
    "0c 59c 118c 177c!", // the first one is free; three that come too soon
    "0c 1c 2c 3c! 4c!",
    "0c 1c 61c 62c 122c 123c!", // patience between them forgives no strike
    "0c 1c 2c 3ca 4c 5c 6c!", // an answer clears the strikes
    "0c 1c 2c 3ca 4ca 5ca 6ca", // pings that go with traffic never count
    "0c 1 2 3!", // no call runs: two hours
    "0 7200 14400 21600",
    "0 7199 14398 21597!",
    "0 60c 120c 180c 240c", // the call that runs counts, not the one that ran
  })
  void everyMinuteWhileCallsRun(String pings) {
    play(EVERY_MINUTE, pings);
  }

  @ParameterizedTest
  @CsvSource({"0 60 120 180 240", "0 60c 120 180c 240", "0 59 118 177!"})
  void everyMinuteAlways(String pings) {
    play(EVERY_MINUTE.evenWithoutCalls(), pings);
  }

  @ParameterizedTest
  @CsvSource({"0c 300c 600c 900c", "0c 299c 598c 897c!", "0c 0c 0c 0c!"})
  void everyFiveMinutesByDefault(String pings) {
    play(PingPolicy.DEFAULT, pings);
  }

  @ParameterizedTest
  @CsvSource({"0c 0c 0c 0c 0c", "0c 0 0 0!"})
  void asOftenAsTheyLikeWhileCallsRun(String pings) {
    play(PingPolicy.atMostEvery(Duration.ZERO), pings);
  }
}
