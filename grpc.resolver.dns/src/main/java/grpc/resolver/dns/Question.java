package grpc.resolver.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;
import org.xbill.DNS.lookup.ServerFailedException;

/** One question to DNS, under way since it was made; for one thread. */
final class Question {
  private final String type;
  private final CompletableFuture<LookupResult> answer;
  private boolean answered;
  private String failure = "";

  Question(LookupSession session, Name name, int type) {
    this.type = Type.string(type);
    this.answer = session.lookupAsync(name, type).toCompletableFuture();
  }

  /** Waits for the records until this {@link System#nanoTime}; none where there is no answer. */
  List<Record> records(long end) throws InterruptedException {
    try {
      var result = answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      answered = true;
      failure = "no " + type + " record";
      return result.getRecords();
    } catch (ExecutionException e) {
      failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      failure = type + ": no answer in time";
    }
    return List.of();
  }

  private void failed(Throwable cause) {
    failure =
        switch (cause) {
          case NoSuchDomainException e -> type + ": no such name (NXDOMAIN)";
          case NoSuchRRSetException e -> "no " + type + " record";
          case ServerFailedException e -> type + ": the server failed (SERVFAIL)";
          default -> type + ": " + cause;
        };
    answered = cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException;
  }

  /** Whether a server said what there is, be it nothing. */
  boolean isAnswered() {
    return answered;
  }

  /** Why there are no records. */
  String failure() {
    return failure;
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
