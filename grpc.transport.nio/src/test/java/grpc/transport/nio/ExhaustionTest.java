package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that run out of descriptors or memory, and live. */
class ExhaustionTest {
  @TempDir private Path folder;

  @Test
  void descriptorsThatRanOutAndCameBack() throws Exception {
    ChildJvm.run(folder, "ulimit -n 120", NoDescriptors.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC", "-XX:+UseZGC"})
  void aHeapThatWasFullForSeconds(String collector) throws Exception {
    ChildJvm.run(folder, "true", NoMemory.class, "-Xmx64m", collector);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC", "-XX:+UseZGC"})
  void moreLargeRequestsThanTheHeapHolds(String collector) throws Exception {
    ChildJvm.run(folder, "true", LargeRequests.class, "-Xmx32m", collector);
  }

  @Test
  void ipv6ThatIsSwitchedOff() throws Exception {
    String printed = ChildJvm.run(folder, "true", NoIpv6.class, "-Djava.net.preferIPv4Stack=true");
    assertFalse(printed.contains("ERROR"), printed);
  }
}
