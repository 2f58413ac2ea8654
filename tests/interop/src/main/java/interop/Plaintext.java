package interop;

import launcher.Flags;

/** The flag by which gRPC's test runners say whether there is TLS; here there is none yet. */
final class Plaintext {
  private static final String FLAG = "use_tls";

  private Plaintext() {}

  /** Adds the flag to those of a command. */
  static Flags flag(Flags flags) {
    return flags.flag(FLAG, "only =false, since there is no TLS yet");
  }

  /**
   * Refuses what cannot be had.
   *
   * @throws launcher.UsageException when TLS is asked for
   */
  static void require(Flags flags) {
    if (flags.on(FLAG)) {
      throw flags.usage("--%s=true (expected: false; there is no TLS yet)".formatted(FLAG));
    }
  }
}
