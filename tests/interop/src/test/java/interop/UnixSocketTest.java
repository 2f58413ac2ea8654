package interop;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** Our channel and server over a Unix domain socket. */
class UnixSocketTest extends OurClientAndOurServerTest {
  private Path folder;

  @Override
  Backend start() throws Exception {
    folder = Files.createTempDirectory("tenon");
    return new OurBackend(UnixDomainSocketAddress.of(folder.resolve("s")));
  }

  @AfterEach
  void clean() throws Exception {
    Files.deleteIfExists(folder.resolve("s"));
    Files.delete(folder);
  }
}
