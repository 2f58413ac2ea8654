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
  /** RFC 8305 §3: the longest time that the answer for one family waits for the other's. */
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
   * Waits until calls can begin, both questions are over, or {@link System#nanoTime} reaches the
   * argument. A family without addresses waits for the other. A family with addresses, IPv4 or
   * IPv6, waits for the resolution delay: policies that balance across endpoints need both. If the
   * A question says that the name does not exist, it has no AAAA record, either; an AAAA answer
   * alone does not prove it, because some servers answer wrongly (RFC 4074 §4.2).
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

  /** The current answer, with these TXT records. */
  Answer answer(Optional<List<String>> texts) {
    var missing =
        !v4.isOver()
            ? Optional.of(Family.V4)
            : !v6.isOver() ? Optional.of(Family.V6) : Optional.<Family>empty();
    var records = records(); // after that: a later answer may be reported twice, but not missed
    long ttl = records.stream().mapToLong(Record::getTTL).min().orElse(0);
    return new Answer(addresses(records), Duration.ofSeconds(ttl), texts, missing);
  }

  private static List<InetAddress> addresses(List<Record> records) {
    var addresses = new ArrayList<InetAddress>();
    for (Record record : records) {
      switch (record) {
        case ARecord a -> addresses.add(a.getAddress());
        case AAAARecord aaaa -> addresses.add(aaaa.getAddress());
        default -> {} // an alias in the chain
      }
    }
    return List.copyOf(addresses);
  }

  private List<Record> records() {
    return Stream.concat(v4.records().stream(), v6.records().stream()).toList();
  }

  /**
   * {@return whether the servers' answers are complete: if there is no address now, there is none}
   */
  boolean areAnswered() {
    return v4.isNoSuchName() || v4.isAnswered() && v6.isAnswered();
  }

  /**
   * The reason why there are no addresses. A name that does not exist has none of the other family,
   * either.
   */
  String failure() {
    return v4.isNoSuchName()
        ? "A: " + Question.NO_SUCH_NAME + ", AAAA: " + Question.NO_SUCH_NAME
        : v4.failure() + ", " + v6.failure();
  }
}
