package launcher;

import grpc.kernel.GrpcRuntime;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

/** Modules that are brought to a program, or an image, after it was linked. */
public final class Plugins {
  /** The flag that names the folder. */
  public static final String FLAG = "plugins";

  private Plugins() {}

  /** Adds the flag to those of a command. */
  public static Flags flag(Flags flags) {
    return flags.option(FLAG, "DIR", "", "folder of jars with further providers");
  }

  /**
   * {@return the runtime of a command: the program's own, or, where it has the flag and that is
   * given, one with the modules of that folder, too}
   */
  public static GrpcRuntime runtime(Flags flags) {
    String folder = flags.knows(FLAG) ? flags.text(FLAG) : "";
    return folder.isEmpty() ? GrpcRuntime.system() : runtime(Path.of(folder));
  }

  /**
   * {@return a runtime of the program's providers and those of the modules in this folder} The
   * folder's modules are a layer of their own above the program's. Modules that the program has
   * itself are taken from there.
   *
   * @throws IllegalArgumentException when the folder has no modules, or none but such; the message
   *     says so
   */
  static GrpcRuntime runtime(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "--%s %s (expected: a folder of modular jars)".formatted(FLAG, folder));
    }
    var program = ModuleLayer.boot();
    try {
      var finder = ModuleFinder.of(folder);
      var names = new TreeSet<String>();
      for (var module : finder.findAll()) {
        if (program.findModule(module.descriptor().name()).isEmpty()) {
          names.add(module.descriptor().name());
        }
      }
      if (names.isEmpty()) {
        throw new IllegalArgumentException(
            "--%s %s: no module there that the program has not (expected: modular jars)"
                .formatted(FLAG, folder));
      }
      var configuration = program.configuration().resolve(ModuleFinder.of(), finder, names);
      return GrpcRuntime.of(
          program.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader()));
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw new IllegalArgumentException("--%s %s: %s".formatted(FLAG, folder, e.getMessage()), e);
    }
  }
}
