package grpc.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundMemoryTest {
  @Test
  void eachConnectionHasItsShareAndAllHaveTheSum() {
    var memory = InboundMemory.ofBytes(10).withPerConnection(6);
    var one = memory.account();
    var other = memory.account();
    assertTrue(one.charge(6));
    assertFalse(one.charge(1));
    assertTrue(other.charge(4));
    assertFalse(other.charge(1));
    assertEquals(10, memory.used());
    one.release(5);
    assertTrue(other.charge(2));
    assertFalse(other.charge(1));
    assertEquals(7, memory.used());
  }

  @ParameterizedTest
  @CsvSource({
    "33554432, 5242880, 8388608", // 32 MiB
    "67108864, 5242880, 16777216",
    "8589934592, 536870912, 2147483648",
    "1000000, 5242880, 5242880"
  })
  void theDefaultGoesByTheHeap(long heap, long perConnection, long inAll) {
    var memory = InboundMemory.ofHeap(heap);
    assertEquals(perConnection, memory.perConnection());
    assertEquals(inAll, memory.inAll());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "2, 1"})
  void limitsThatMakeNoSenseAreRefused(long perConnection, long inAll) {
    assertThrows(
        IllegalArgumentException.class,
        () -> InboundMemory.ofBytes(inAll).withPerConnection(perConnection));
  }
}
