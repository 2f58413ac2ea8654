package grpc.resolver.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/** The two questions for the addresses of one absolute name, under way together (RFC 8305 §3). */
final class AddressQuestions {
  /** RFC 8305 §3: how long the answer for one family is held back for the other's. */
  private static final Duration RESOLUTION_DELAY = Duration.ofMillis(50);

  private final Name name;
  private final Question v4;
  private final Question v6;

  AddressQuestions(LookupSession session, Name name) {
    this.name = name;
    this.v4 = new Question(session, name, Type.A);
    this.v6 = new Question(session, name, Type.AAAA);
  }

  /**
   * Waits until calls can begin, or there is nothing to wait for, or it is this {@link
   * System#nanoTime}. A family that has no addresses waits for the other; one that has some waits
   * for the resolution delay, whichever it is: those who share by endpoint need them all. A name
   * that does not exist has no AAAA record either; of AAAA alone servers say so wrongly (RFC 4074
   * §4.2).
   */
  void await(long end) throws InterruptedException {
    Question.awaitAny(List.of(v4, v6), end);
    var first = v4.isOver() ? v4 : v6;
    boolean enough = !addresses(first.records()).isEmpty() || v4.isNoSuchName();
    long soon = System.nanoTime() + RESOLUTION_DELAY.toNanos();
    (v4.isOver() ? v6 : v4).await(enough && soon - end < 0 ? soon : end);
  }

  Name name() {
    return name;
  }

  /** The questions that are still under way. */
  List<Question> open() {
    return Stream.of(v4, v6).filter(question -> !question.isOver()).toList();
  }

  boolean haveAddresses() {
    return !addresses(records()).isEmpty();
  }

  /** What is known at this moment, with these TXT records. */
  Answer answer(Optional<List<String>> texts) {
    var missing =
        !v4.isOver()
            ? Optional.of(Family.V4)
            : !v6.isOver() ? Optional.of(Family.V6) : Optional.<Family>empty();
    var records = records(); // after that: what comes meanwhile may be told twice, but not missed
    long ttl = records.stream().mapToLong(Record::getTTL).min().orElse(0);
    return new Answer(addresses(records), Duration.ofSeconds(ttl), texts, missing);
  }

  private static List<InetAddress> addresses(List<Record> records) {
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

  private List<Record> records() {
    return Stream.concat(v4.records().stream(), v6.records().stream()).toList();
  }

  /** Whether servers said all that there is: where there is no address, there is none. */
  boolean areAnswered() {
    return v4.isNoSuchName() || v4.isAnswered() && v6.isAnswered();
  }

  /** Why there are no addresses. A name that does not exist has none of the other family either. */
  String failure() {
    return v4.isNoSuchName()
        ? "A: " + Question.NO_SUCH_NAME + ", AAAA: " + Question.NO_SUCH_NAME
        : v4.failure() + ", " + v6.failure();
  }
}
