package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {
  @TempDir private Path folder;
  private Path path = Path.of("hosts");

  @BeforeEach
  void place() {
    path = folder.resolve("hosts");
  }

  private void addresses(String host, String... expected) {
    assertEquals(
        Arrays.stream(expected).map(InetAddress::ofLiteral).toList(),
        new HostsFile(path).addresses(host));
  }

  @Test
  void allLinesOfAHostCountInTheirOrder() throws Exception {
    Files.writeString(
        path,
        """
        2001:db8::1 db
        192.0.2.1\tother  db # the first
        192.0.2.2 db.example
          192.0.2.3 DB.
        192.0.2.1 db
        """);
    addresses("db", "2001:db8::1", "192.0.2.1", "192.0.2.3");
    addresses("db.", "2001:db8::1", "192.0.2.1", "192.0.2.3");
    addresses("example");
  }

  @Test
  void linesThatSayNothingAreSkipped() throws Exception {
    Files.write(
        path,
        "# 192.0.2.1 db\n\n192.0.2.2\nnonsense db\n192.0.2.3 d\u00fc db\n#db"
            .getBytes(StandardCharsets.ISO_8859_1));
    addresses("db", "192.0.2.3");
    addresses("192.0.2.2");
  }

  @Test
  void changeCountsAtOnce() throws Exception {
    addresses("db");
    Files.writeString(path, "192.0.2.1 db");
    addresses("db", "192.0.2.1");
    Files.writeString(path, "192.0.2.2 db");
    addresses("db", "192.0.2.2");
  }

  @Test
  void systemHasOne() {
    assertNotEquals(List.of(), HostsFile.system().addresses("localhost"));
  }
}
