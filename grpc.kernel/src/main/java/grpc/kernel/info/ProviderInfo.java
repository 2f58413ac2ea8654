package grpc.kernel.info;

import java.net.URI;
import java.util.Optional;

/**
 * One provider of a runtime.
 *
 * @param kind its kind
 * @param name its name among those of its kind: scheme, policy, codec, encoding, transport or
 *     health protocol
 * @param module the module that it comes from, or {@code the class path}
 * @param version that module's version, where it has one
 * @param location where that module was found, where that is known
 */
public record ProviderInfo(
    Kind kind, String name, String module, Optional<String> version, Optional<URI> location) {
  /** A kind of provider. */
  public enum Kind {
    /** A scheme of targets. */
    RESOLVER,
    /** A balancing policy. */
    BALANCER,
    /** A message format. */
    CODEC,
    /** A message compression. */
    COMPRESSOR,
    /** A way to carry calls. */
    TRANSPORT,
    /** An observer of calls. */
    OBSERVER,
    /** A way to ask connections for their health. */
    HEALTH
  }
}
