package grpc.resolver.dns;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/**
 * The TXT records that may hold the service config of a host (A2).
 *
 * @param question empty if no server is asked
 */
record Texts(Optional<Question> question) {
  /** No records: the host has none, or its records are not asked for. */
  static final Texts NONE = new Texts(Optional.empty());

  private static final String LABEL = "_grpc_config";

  /** The records below this host; asks for them at once. */
  static Texts of(LookupSession session, Name host) {
    try {
      var name = Name.concatenate(Name.fromConstantString(LABEL), host);
      return new Texts(Optional.of(new Question(session, name, Type.TXT)));
    } catch (NameTooLongException e) {
      return NONE; // such a host has no config to wait for
    }
  }

  /** The choice from the records received so far. */
  Optional<List<String>> known() {
    return question.isEmpty()
        ? Optional.of(List.of())
        : question
            .filter(Question::isAnswered)
            .map(answered ->
                answered.records().stream()
                    .filter(TXTRecord.class::isInstance)
                    .map(record -> Question.text((TXTRecord) record))
                    .toList());
  }
}
