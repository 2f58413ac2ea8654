package grpc.resolver.dns;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;

/**
 * The domains that a host may be meant in.
 *
 * @param domains the system's, in their order
 * @param ndots a name of so many dots is meant as it is, in the first place
 */
record SearchList(List<Name> domains, int ndots) {
  /** {@return the absolute names to try, one after another; none twice, and none too long} */
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
