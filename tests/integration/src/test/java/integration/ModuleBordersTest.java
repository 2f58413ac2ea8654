package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the published modules require, export, use and provide. A change of a border is a change of
 * {@code modules.txt}, for a reader to see.
 */
class ModuleBordersTest {
  private static final Path GOLDEN = Path.of("src/test/resources/modules.txt");
  private static final Pattern PUBLISHED = Pattern.compile("<artifactId>(grpc\\.[\\w.]+)<");

  private static List<ModuleDescriptor> published() throws IOException {
    return PUBLISHED
        .matcher(Files.readString(Path.of("../../bom/pom.xml")))
        .results()
        .map(found -> found.group(1))
        .filter(name -> !name.equals("grpc.protoc")) // a program of the build, for release 17
        .sorted()
        .map(name ->
            ModuleFinder.of(Path.of("../..", name, "target/classes"))
                .find(name)
                .orElseThrow(() ->
                    new IllegalStateException(
                        name + " is in the BOM but not built: add it to tests/integration/pom.xml"))
                .descriptor())
        .toList();
  }

  private static String describe(ModuleDescriptor module) {
    var clauses =
        Stream.of(
            module.requires().stream()
                .filter(r -> !r.modifiers().contains(Modifier.MANDATED))
                .map(r -> "requires " + modifiers(r) + r.name()),
            module.exports().stream().map(e -> "exports " + e.source() + to(e.targets())),
            module.opens().stream().map(o -> "opens " + o.source() + to(o.targets())),
            module.uses().stream().map(service -> "uses " + service),
            module.provides().stream().map(p -> "provides " + p.service() + with(p.providers())));
    return "module %s%n%s"
        .formatted(
            module.name(),
            clauses
                .flatMap(Stream::sorted)
                .map(clause -> "  " + clause + "\n")
                .collect(Collectors.joining()));
  }

  private static String modifiers(ModuleDescriptor.Requires requires) {
    return requires.modifiers().stream()
        .sorted()
        .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
        .collect(Collectors.joining());
  }

  private static String to(Set<String> targets) {
    return targets.isEmpty() ? "" : " to " + new TreeSet<>(targets);
  }

  private static String with(List<String> providers) {
    return " with " + providers;
  }

  @Test
  void bordersAreThoseOfTheGoldenFile() throws IOException {
    String found =
        published().stream().map(ModuleBordersTest::describe).collect(Collectors.joining("\n"));
    Path actual = Files.writeString(Path.of("target/modules.txt"), found);
    String expected = Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "";
    assertEquals(
        expected,
        found,
        "a module's border has changed; if that is meant: cp tests/integration/%s tests/integration/%s"
            .formatted(actual, GOLDEN));
  }

  @Test
  void kernelRequiresNoProviderAndNoProviderTheKernel() throws IOException {
    var providers =
        published().stream()
            .filter(module -> !module.provides().isEmpty())
            .map(ModuleDescriptor::name)
            .toList();
    assertTrue(providers.size() >= 8, providers::toString);
    for (var module : published()) {
      var required = module.requires().stream().map(ModuleDescriptor.Requires::name).toList();
      if (module.name().equals("grpc.kernel")) {
        assertTrue(providers.stream().noneMatch(required::contains), module::toString);
      }
      if (providers.contains(module.name())) {
        assertTrue(!required.contains("grpc.kernel"), module::toString);
      }
    }
  }

  @Test
  void packagesStartWithTheModulesName() throws IOException {
    for (var module : published()) {
      for (String name : module.packages()) {
        assertTrue(
            name.equals(module.name()) || name.startsWith(module.name() + "."),
            () -> name + " in " + module.name());
      }
    }
  }
}
