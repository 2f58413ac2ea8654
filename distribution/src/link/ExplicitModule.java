import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
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
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Gives jars that are automatic modules the module-info that jlink asks for. It says what the
 * specification says of the module; else what is known of it here; else what jdeps finds. As an
 * automatic module does, it opens all its packages and provides what META-INF/services names.
 */
final class ExplicitModule {
  private static final Map<String, Requires> KNOWN =
      Map.of(
          "com.google.protobuf",
          new Requires(List.of("java.logging"), List.of("jdk.unsupported"), List.of()));

  private final Path modules;
  private final Path folder;
  private final ImageSpec spec;
  private final Consumer<String> say;

  /**
   * Makes them.
   *
   * @param modules the folder of all jars that there are to choose from
   * @param folder where the explicit modules go
   * @param say shows a line to the user
   */
  ExplicitModule(Path modules, Path folder, ImageSpec spec, Consumer<String> say) {
    this.modules = modules;
    this.folder = folder;
    this.spec = spec;
    this.say = say;
  }

  /** {@return a copy of the jar, in the folder, that is an explicit module} */
  Path make(Path jar, ModuleDescriptor automatic) throws IOException {
    Path copy = folder.resolve(jar.getFileName());
    byte[] moduleInfo = moduleInfo(automatic, requires(automatic.name()));
    try (var in = new JarFile(jar.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(copy))) {
      put(out, "module-info.class", moduleInfo);
      for (var entry : Collections.list(in.entries())) {
        if (!entry.isDirectory() && !isSignature(entry.getName())) {
          try (var bytes = in.getInputStream(entry)) {
            put(out, entry.getName(), bytes.readAllBytes());
          }
        }
      }
    }
    return copy;
  }

  private Requires requires(String name) {
    var said = spec.automatic().get(name);
    if (said != null) {
      return said;
    }
    var known = KNOWN.get(name);
    if (known != null) {
      return known;
    }
    var found = Requires.found(name, modules);
    say.accept(
        ("%s is an automatic module, which jlink refuses; it is given a module-info that requires"
                + " %s, as jdeps finds. If it needs another module, or looks up services, say so in"
                + " the properties file: requires.%s=…, optional.%s=…, uses.%s=…")
            .formatted(
                name,
                found.always().isEmpty() ? "nothing" : String.join(",", found.always()),
                name,
                name,
                name));
    return found;
  }

  /** Jlink refuses signed jars, and the signature does not hold for what was added. */
  private static boolean isSignature(String entry) {
    return entry.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
  }

  private static byte[] moduleInfo(ModuleDescriptor automatic, Requires requires) {
    return ClassFile.of()
        .buildModule(
            ModuleAttribute.of(
                ModuleDesc.of(automatic.name()),
                module -> {
                  module.moduleFlags(AccessFlag.OPEN);
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
                  requires.uses().forEach(name -> module.uses(ClassDesc.of(name)));
                  for (var service : automatic.provides()) {
                    module.provides(
                        ClassDesc.of(service.service()),
                        service.providers().stream().map(ClassDesc::of).toArray(ClassDesc[]::new));
                  }
                }));
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
