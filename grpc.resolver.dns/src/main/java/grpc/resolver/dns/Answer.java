package grpc.resolver.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * DNS's answer for a host.
 *
 * @param addresses at least one
 * @param ttl the shortest TTL of them
 * @param texts the {@code _grpc_config.} TXT records, possibly none; empty if they were not asked
 *     for, or no server has answered so far
 * @param missing the family with addresses that are not known yet; another answer will have them
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
