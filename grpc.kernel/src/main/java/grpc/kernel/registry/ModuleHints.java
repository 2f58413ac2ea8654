package grpc.kernel.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Names the module to add if a runtime lacks a provider. The build makes the table from the
 * properties of {@code bom/pom.xml}: {@code balancer.pick_first} is {@code
 * grpc.balancer.pickfirst}.
 */
final class ModuleHints {
  private static final Properties MODULES = load();

  /** The value for a name that others know and no module has yet. */
  private static final String NOT_YET = "none";

  private ModuleHints() {}

  private static Properties load() {
    var modules = new Properties();
    try (var in = ModuleHints.class.getResourceAsStream("modules.properties")) {
      if (in == null) {
        throw new IllegalStateException("grpc.kernel lacks modules.properties: build it by Maven");
      }
      modules.load(in);
      return modules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MissingProvider of(ProviderTable<?> table, String what, String name) {
    return missing(table, what, name, MODULES.getProperty(key(table.kind(), name), ""));
  }

  /** A transport is missing for this address. The address's own module may have one. */
  static MissingProvider ofAddress(ProviderTable<?> transports, SocketAddress address) {
    var type = address.getClass();
    String what = "no transport for address %s (%s)".formatted(address, type.getSimpleName());
    String transport = MODULES.getProperty("address." + type.getSimpleName());
    if (transport != null) {
      return of(transports, what, transport);
    }
    var module = type.getModule();
    return missing(
        transports, what, type.getSimpleName(), module.isNamed() ? module.getName() : "");
  }

  /** {@return the module that has the policy, if it is one that this project has} */
  static Optional<String> moduleOfPolicy(String policy) {
    return Optional.ofNullable(MODULES.getProperty(key(ProviderKind.BALANCER, policy)))
        .filter(module -> !module.equals(NOT_YET));
  }

  private static String key(ProviderKind<?> kind, String name) {
    return kind.label() + "." + name;
  }

  private static MissingProvider missing(
      ProviderTable<?> table, String what, String name, String module) {
    String advice =
        switch (module) {
          case "" -> "add a module that provides it";
          case NOT_YET -> "there is no module for it yet";
          default -> "add module " + module;
        };
    String found =
        table.names().isEmpty() ? "none" : String.join(", ", new TreeSet<>(table.names()));
    found += ClassPathProviders.told(table.kind());
    return new MissingProvider(
        table.kind().kind(),
        name,
        module.equals(NOT_YET) ? "" : module,
        "%s: %s (found: %s)".formatted(what, advice, found));
  }
}
