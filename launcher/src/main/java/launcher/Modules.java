package launcher;

import grpc.kernel.GrpcRuntime;
import java.util.Locale;

/** The list of what a runtime was put together from. */
final class Modules {
  private Modules() {}

  /** Prints a line a provider: kind, name, module, version. */
  static void print() {
    for (var provider : GrpcRuntime.system().providers()) {
      System.out.printf(
          "%-11s %-14s %-26s %s%n",
          provider.kind().name().toLowerCase(Locale.ROOT),
          provider.name(),
          provider.module(),
          provider.version().orElse(""));
    }
  }
}
