package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.kernel.GrpcRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM says which module has which provider; the kernel's errors repeat it. */
class ModuleHintsTest {
  private static final Pattern PROPERTY =
      Pattern.compile("^ {4}<((?!address)[\\w.]+)>(grpc[\\w.]+)</", Pattern.MULTILINE);

  @Test
  void bomHasEachProviderWithItsModule() throws IOException {
    var said = new TreeMap<String, String>();
    PROPERTY
        .matcher(Files.readString(Path.of("../../bom/pom.xml")))
        .results()
        .forEach(r -> said.put(r.group(1), r.group(2)));
    var found = new TreeMap<String, String>();
    for (var info : GrpcRuntime.system().providers()) {
      if (info.module().startsWith("grpc.") && !info.module().equals("grpc.kernel")) {
        found.put(info.kind().name().toLowerCase(Locale.ROOT) + "." + info.name(), info.module());
      }
    }
    found.forEach((provider, module) -> assertEquals(module, said.get(provider), provider));
    assertTrue(found.size() > 10, found::toString);
  }
}
