package integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles modules that a test writes, and makes layers of them. */
record Layers(Path folder) {
  /** {@return where the modules of this JVM are that a program with the kernel alone needs} */
  static String pathOf(String... modules) {
    return Stream.of(modules)
        .map(name ->
            ModuleLayer.boot()
                .configuration()
                .findModule(name)
                .orElseThrow()
                .reference()
                .location()
                .orElseThrow())
        .map(where -> Path.of(where).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** {@return the jar of JSpecify} Compilers need it, and no runtime does. */
  private static String annotations() {
    return Stream.of("jdk.module.path", "java.class.path")
        .flatMap(path -> Stream.of(System.getProperty(path, "").split(File.pathSeparator)))
        .filter(entry -> Path.of(entry).getFileName().toString().startsWith("jspecify-"))
        .findFirst()
        .orElseThrow();
  }

  /** Writes and compiles a module of one class, which is in a package named like the module. */
  Path compile(String module, String clauses, String className, String body) throws IOException {
    Path sources = Files.createDirectories(folder.resolve(module + "-src"));
    Path info = Files.writeString(sources.resolve("module-info.java"), moduleInfo(module, clauses));
    Path main =
        Files.writeString(
            sources.resolve(className + ".java"), "package " + module + ";\n" + body, UTF_8);
    Path classes = folder.resolve(module);
    var options =
        new ArrayList<>(
            List.of(
                "-d",
                classes.toString(),
                "--module-path",
                pathOf("grpc.api", "grpc.spi", "grpc.kernel", "com.google.gson", "org.slf4j")
                    + File.pathSeparator
                    + annotations()));
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
      var units = files.getJavaFileObjects(info, main);
      assertTrue(
          compiler.getTask(messages, files, null, options, null, units).call(), messages::toString);
    }
    return classes;
  }

  private static String moduleInfo(String module, String clauses) {
    return "module %s { requires grpc.kernel; %s }".formatted(module, clauses);
  }

  /** Writes and compiles a module with a codec of this name. */
  Path codec(String module, String name, String constructor) throws IOException {
    return compile(
        module,
        "provides grpc.spi.codec.Codec with %s.Made;".formatted(module),
        "Made",
        """
        public final class Made implements grpc.spi.codec.Codec {
          public Made() { %s }
          public String name() { return "%s"; }
          public <T> grpc.spi.codec.Marshaller<T> marshaller(Class<T> type) { return null; }
        }
        """
            .formatted(constructor, name));
  }

  /** {@return a layer of these modules above the one of the tests} */
  static ModuleLayer over(ModuleLayer parent, Path... modules) {
    var finder = ModuleFinder.of(modules);
    var names = finder.findAll().stream().map(m -> m.descriptor().name()).toList();
    var configuration = parent.configuration().resolve(finder, ModuleFinder.of(), names);
    return parent.defineModulesWithOneLoader(configuration, Layers.class.getClassLoader());
  }
}
