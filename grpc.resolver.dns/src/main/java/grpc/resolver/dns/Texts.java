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
 * @param question empty where nobody is asked, since there are none
 */
record Texts(Optional<Question> question) {
  /** Those of a host that has none, or is not asked. */
  static final Texts NONE = new Texts(Optional.empty());

  private static final String LABEL = "_grpc_config";

  /** Those below this host, which are asked for at once. */
  static Texts of(LookupSession session, Name host) {
    try {
      var name = Name.concatenate(Name.fromConstantString(LABEL), host);
      return new Texts(Optional.of(new Question(session, name, Type.TXT)));
    } catch (NameTooLongException e) {
      return NONE; // such a host has no config to wait for
    }
  }

  /** What they say, as far as a server has answered. */
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
