package grpc.resolver.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What DNS says of a host.
 *
 * @param addresses at least one
 * @param ttl the shortest of theirs
 * @param texts the {@code _grpc_config.} TXT records, possibly none; empty where they were not
 *     asked for, or nobody answered so far
 * @param missing the family whose addresses are not known yet; another answer tells them
 */
record Answer(
    List<InetAddress> addresses,
    Duration ttl,
    Optional<List<String>> texts,
    Optional<Family> missing) {
  /** An answer with all the addresses. */
  Answer(List<InetAddress> addresses, Duration ttl, Optional<List<String>> texts) {
    this(addresses, ttl, texts, Optional.empty());
  }
}
