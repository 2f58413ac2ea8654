package launcher;

import grpc.kernel.info.ProviderInfo;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The list of a runtime's providers. */
final class Modules {
  private Modules() {}

  /** {@return a line for each provider: kind, name, module, version} */
  static String of(List<ProviderInfo> providers) {
    return providers.stream().map(Modules::line).collect(Collectors.joining());
  }

  private static String line(ProviderInfo provider) {
    return "%-11s %-14s %-26s %s%n"
        .formatted(
            provider.kind().name().toLowerCase(Locale.ROOT),
            provider.name(),
            provider.module(),
            provider.version().orElse(""));
  }
}
