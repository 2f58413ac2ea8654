package grpc.resolver.dns;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;

/**
 * The search domains of hosts.
 *
 * @param domains the system's, in their order
 * @param ndots a name with this many dots or more is tried first as it is
 */
record SearchList(List<Name> domains, int ndots) {
  /**
   * {@return the absolute names to try, in this order, without duplicates and names that are too
   * long}
   */
  List<Name> candidates(Name host) {
    if (host.isAbsolute()) {
      return List.of(host);
    }
    var names = new LinkedHashSet<Name>();
    int dots = host.labels() - 1;
    if (dots >= ndots) {
      in(Name.root, host).ifPresent(names::add);
    }
    domains.forEach(domain -> in(domain, host).ifPresent(names::add));
    in(Name.root, host).ifPresent(names::add);
    return List.copyOf(names);
  }

  private static Optional<Name> in(Name domain, Name host) {
    try {
      return Optional.of(Name.concatenate(Name.concatenate(host, domain), Name.root));
    } catch (NameTooLongException e) {
      return Optional.empty();
    }
  }
}
