package grpc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeedTest {
  @Test
  void failureNamesTheSeed() {
    var e =
        assertThrows(
            AssertionError.class,
            () ->
                new Seed(42)
                    .run(random -> {
                      throw new AssertionError("lost");
                    }));
    assertTrue(e.getMessage().startsWith("lost"), e.getMessage());
    assertTrue(e.getMessage().contains("-Dgrpc.testing.seed=42"), e.getMessage());
  }

  @Test
  void oneSeedGivesTheSameNumbers() {
    var numbers = new long[2];
    new Seed(7).run(random -> numbers[0] = random.nextLong());
    new Seed(7).run(random -> numbers[1] = random.nextLong());
    assertEquals(numbers[0], numbers[1]);
  }
}
