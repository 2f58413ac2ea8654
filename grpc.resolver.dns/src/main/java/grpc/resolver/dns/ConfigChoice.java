package grpc.resolver.dns;

import java.util.Optional;

/** The service config from the TXT records of a host. */
sealed interface ConfigChoice {
  /**
   * They were read.
   *
   * @param json the config, if there is one for this client
   */
  record Chosen(Optional<String> json) implements ConfigChoice {}

  /** They are not known: the previous config stays. */
  record Unknown() implements ConfigChoice {}

  /**
   * They are malformed; the channel gets the problem (A2, A21).
   *
   * @param message the problem
   */
  record Malformed(String message) implements ConfigChoice {}
}
