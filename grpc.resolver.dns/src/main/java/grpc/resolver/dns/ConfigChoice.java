package grpc.resolver.dns;

import java.util.Optional;

/** What the TXT records of a host say of the service config. */
sealed interface ConfigChoice {
  /**
   * They were read.
   *
   * @param json the config, where there is one for this client
   */
  record Chosen(Optional<String> json) implements ConfigChoice {}

  /** They are not known: what was known before stays. */
  record Unknown() implements ConfigChoice {}

  /**
   * They cannot be read, which the channel is told (A2, A21).
   *
   * @param message what is wrong
   */
  record Malformed(String message) implements ConfigChoice {}
}
