package grpc.resolver.dns;

import grpc.spi.failure.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** One question to DNS; it runs from its construction on. */
final class Question {
  static final String NO_SUCH_NAME = "no such name (NXDOMAIN)";

  private enum Kind {
    /** There are records. */
    RECORDS,
    /** The name has none of this type. */
    NO_RECORDS,
    /** The name does not exist, so it has no records of any type. */
    NO_SUCH_NAME,
    /** No server gave an answer. */
    UNKNOWN
  }

  private record Outcome(Kind kind, List<Record> records, String why) {}

  private final String type;
  private final CompletableFuture<Outcome> outcome;

  Question(LookupSession session, Name name, int type) {
    this.type = Type.string(type);
    this.outcome = session.lookupAsync(name, type).handle(this::outcome).toCompletableFuture();
  }

  private Outcome outcome(@Nullable LookupResult result, @Nullable Throwable thrown) {
    if (result != null) {
      var records = List.copyOf(result.getRecords());
      return new Outcome(
          records.isEmpty() ? Kind.NO_RECORDS : Kind.RECORDS, records, "no " + type + " record");
    }
    var cause =
        thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
    return switch (cause) {
      case NoSuchDomainException e ->
          new Outcome(Kind.NO_SUCH_NAME, List.of(), type + ": " + NO_SUCH_NAME);
      case NoSuchRRSetException e ->
          new Outcome(Kind.NO_RECORDS, List.of(), "no " + type + " record");
      case null -> new Outcome(Kind.UNKNOWN, List.of(), type + ": no answer");
      default -> new Outcome(Kind.UNKNOWN, List.of(), type + ": " + Reason.of(cause));
    };
  }

  /**
   * Waits until this {@link System#nanoTime} for the end of any of the questions, of which there is
   * at least one.
   *
   * @return whether one has ended
   */
  static boolean awaitAny(List<Question> questions, long end) throws InterruptedException {
    return await(
        CompletableFuture.anyOf(
            questions.stream().map(q -> q.outcome).toArray(CompletableFuture[]::new)),
        end);
  }

  /** Waits for its end until this {@link System#nanoTime}. */
  void await(long end) throws InterruptedException {
    var _ = await(outcome, end);
  }

  private static boolean await(CompletableFuture<?> over, long end) throws InterruptedException {
    try {
      over.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // outcome(…) has already thrown
    }
  }

  boolean isOver() {
    return outcome.isDone();
  }

  private Outcome now() {
    return outcome.getNow(new Outcome(Kind.UNKNOWN, List.of(), type + ": no answer in time"));
  }

  /** {@return the records; none if there is no answer so far} */
  List<Record> records() {
    return now().records();
  }

  /** {@return whether a server gave an answer: records, or that there are none} */
  boolean isAnswered() {
    return now().kind() != Kind.UNKNOWN;
  }

  /** Whether a server said that there is no such name. */
  boolean isNoSuchName() {
    return now().kind() == Kind.NO_SUCH_NAME;
  }

  /** {@return the reason why there are no records} */
  String failure() {
    return now().why();
  }

  /** The text of a record: its strings one after another (A2). */
  static String text(TXTRecord record) {
    var bytes = new ByteArrayOutputStream();
    for (Object string : record.getStringsAsByteArrays()) {
      bytes.writeBytes((byte[]) string);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
