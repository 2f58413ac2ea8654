package launcher;

import grpc.kernel.GrpcRuntime;
import grpc.spi.failure.Reason;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;

/** Modules that a user adds to a program, or an image, after it was linked. */
public final class Plugins {
  /** The flag that names the folder. */
  public static final String FLAG = "plugins";

  private Plugins() {}

  /** Adds the flag to those of a command. */
  public static Flags flag(Flags flags) {
    return flags.option(FLAG, "DIR", "", "folder of jars with further providers");
  }

  /**
   * {@return the runtime of a command: the program's own, or, if the flag is given, one with the
   * modules of that folder, too}
   */
  public static GrpcRuntime runtime(Flags flags) {
    String folder = flags.knows(FLAG) ? flags.text(FLAG) : "";
    return folder.isEmpty() ? GrpcRuntime.system() : runtime(Path.of(folder));
  }

  /**
   * {@return a runtime of the program's providers and those of the modules in this folder} The
   * folder's modules are a layer of their own above the program's. Modules that the program has,
   * too, are taken from the program.
   *
   * @throws IllegalArgumentException when the folder has no new modules, or modules that do not fit
   *     together; the message has the reason
   */
  static GrpcRuntime runtime(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "--%s %s (expected: a folder of modular jars)".formatted(FLAG, folder));
    }
    var program = ModuleLayer.boot();
    try {
      var finder = ModuleFinder.of(folder);
      var added =
          finder.findAll().stream()
              .filter(module -> program.findModule(module.descriptor().name()).isEmpty())
              .sorted(Comparator.comparing(module -> module.descriptor().name()))
              .toList();
      if (added.isEmpty()) {
        throw new IllegalArgumentException(
            "--%s %s: no new module in this folder (expected: modular jars that the program does not have)"
                .formatted(FLAG, folder));
      }
      requireDistinctPackages(folder, added);
      var names = added.stream().map(module -> module.descriptor().name()).toList();
      var configuration = program.configuration().resolve(ModuleFinder.of(), finder, names);
      return GrpcRuntime.of(
          program.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader()));
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw new IllegalArgumentException("--%s %s: %s".formatted(FLAG, folder, Reason.of(e)), e);
    }
  }

  /**
   * A class loader takes a package from one module only; the JDK's error does not name the files.
   */
  private static void requireDistinctPackages(Path folder, List<ModuleReference> modules) {
    var owners = new HashMap<String, ModuleReference>();
    for (var module : modules) {
      for (String name : new TreeSet<>(module.descriptor().packages())) {
        var other = owners.putIfAbsent(name, module);
        if (other != null) {
          throw new IllegalArgumentException(
              "--%s %s: package %s is in %s and in %s (expected: in one jar; remove one of them)"
                  .formatted(FLAG, folder, name, where(other), where(module)));
        }
      }
    }
  }

  private static String where(ModuleReference module) {
    return module.descriptor().name()
        + module.location().map(at -> " (" + Path.of(at).getFileName() + ")").orElse("");
  }
}
