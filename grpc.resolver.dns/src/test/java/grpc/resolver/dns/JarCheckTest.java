package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarCheckTest {
  @TempDir private Path folder;

  private Optional<String> fault(String providers) throws IOException {
    var services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("java.net.spi.InetAddressResolverProvider"), providers);
    try (var loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      return JarCheck.fault(loader);
    }
  }

  @Test
  void providerWhoseClassIsHiddenIsAFault() throws IOException {
    var fault = fault("# dnsjava\nhidden.ResolverProvider # 18\n");
    assertTrue(fault.orElse("").contains("Multi-Release: true"), fault::toString);
    assertTrue(fault.orElse("").contains("hidden.ResolverProvider,"), fault::toString);
  }

  @Test
  void providerThatIsThereIsNone() throws IOException {
    assertEquals(Optional.empty(), fault("java.lang.String\n\n# none.Such\n"));
  }

  @Test
  void jarWithoutProvidersHasNoFault() {
    assertEquals(Optional.empty(), JarCheck.fault(ClassLoader.getPlatformClassLoader()));
  }
}
