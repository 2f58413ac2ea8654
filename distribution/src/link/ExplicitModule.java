import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Gives a jar that is an automatic module the module-info that jlink asks for. */
final class ExplicitModule {
  /** What a module requires, as its own documentation says. */
  private record Requires(List<String> always, List<String> ifPresent) {}

  private static final Map<String, Requires> KNOWN =
      Map.of(
          "com.google.protobuf", new Requires(List.of("java.logging"), List.of("jdk.unsupported")));

  private ExplicitModule() {}

  /** {@return a copy of the jar, in the folder, that is an explicit module} */
  static Path make(Path jar, Path folder, ModuleDescriptor automatic) throws IOException {
    Requires requires = KNOWN.get(automatic.name());
    if (requires == null) {
      throw new IllegalStateException(
          "%s (%s) is an automatic module, which jlink refuses; add to ExplicitModule what it requires"
              .formatted(automatic.name(), jar));
    }
    Path copy = folder.resolve(jar.getFileName());
    try (var in = new JarFile(jar.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(copy))) {
      put(out, "module-info.class", moduleInfo(automatic, requires));
      for (var entry : Collections.list(in.entries())) {
        if (!entry.isDirectory()) {
          try (var bytes = in.getInputStream(entry)) {
            put(out, entry.getName(), bytes.readAllBytes());
          }
        }
      }
    }
    return copy;
  }

  private static byte[] moduleInfo(ModuleDescriptor automatic, Requires requires) {
    return ClassFile.of()
        .buildModule(
            ModuleAttribute.of(
                ModuleDesc.of(automatic.name()),
                module -> {
                  module.moduleVersion(automatic.rawVersion().orElse("0"));
                  module.requires(ModuleDesc.of("java.base"), Set.of(AccessFlag.MANDATED), null);
                  for (String name : requires.always()) {
                    module.requires(ModuleDesc.of(name), Set.of(), null);
                  }
                  for (String name : requires.ifPresent()) {
                    module.requires(ModuleDesc.of(name), Set.of(AccessFlag.STATIC_PHASE), null);
                  }
                  for (String name : automatic.packages()) {
                    module.exports(PackageDesc.of(name), Set.of());
                  }
                }));
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
