package grpc.resolver.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/** The two questions for the addresses of one absolute name, under way together. */
final class AddressQuestions {
  private final Name name;
  private final Question v4;
  private final Question v6;
  private final List<Record> records = new ArrayList<>();

  AddressQuestions(LookupSession session, Name name) {
    this.name = name;
    this.v4 = new Question(session, name, Type.A);
    this.v6 = new Question(session, name, Type.AAAA);
  }

  /** Waits for both until this {@link System#nanoTime}. */
  void await(long end) throws InterruptedException {
    records.addAll(v4.records(end));
    records.addAll(v6.records(end));
  }

  Name name() {
    return name;
  }

  List<InetAddress> addresses() {
    var addresses = new ArrayList<InetAddress>();
    for (Record record : records) {
      switch (record) {
        case ARecord a -> addresses.add(a.getAddress());
        case AAAARecord aaaa -> addresses.add(aaaa.getAddress());
        default -> {} // an alias on the way
      }
    }
    return List.copyOf(addresses);
  }

  /** {@return the shortest time that a record may be kept} */
  Duration ttl() {
    return Duration.ofSeconds(records.stream().mapToLong(Record::getTTL).min().orElse(0));
  }

  /** Whether servers said all that there is: where there is no address, there is none. */
  boolean areAnswered() {
    return v4.isAnswered() && v6.isAnswered();
  }

  /** Why there are no addresses. */
  String failure() {
    return v4.failure() + ", " + v6.failure();
  }
}
