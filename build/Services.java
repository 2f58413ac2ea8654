import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes META-INF/services from a compiled module-info, so that the class path finds providers too.
 */
void main(String[] args) throws IOException {
  Path classes = Path.of(args[0]);
  Path info = classes.resolve("module-info.class");
  if (!Files.exists(info)) {
    return;
  }
  try (var in = Files.newInputStream(info)) {
    for (var provides : ModuleDescriptor.read(in).provides()) {
      Path services = Files.createDirectories(classes.resolve("META-INF/services"));
      Files.write(services.resolve(provides.service()), provides.providers());
    }
  }
}
