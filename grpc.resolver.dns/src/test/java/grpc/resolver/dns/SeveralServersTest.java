package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Two servers, of which the first is of no use; and servers that do not know EDNS. */
@Timeout(60)
class SeveralServersTest {
  private static final InetAddress V4 = InetAddress.ofLiteral("192.0.2.7");
  private static final DnsOptions BRIEF = DnsOptions.DEFAULT.withTimeout(Duration.ofSeconds(2));

  private DnsServer first;
  private DnsServer second;

  @BeforeEach
  void start() throws Exception {
    first = DnsServer.start(0);
    second =
        DnsServer.start(0)
            .with(a("backend.test."), text("grpc_config of the second"), a("other.test."));
  }

  @AfterEach
  void close() throws Exception {
    first.close();
    second.close();
  }

  private static Record a(String name) throws IOException {
    return new ARecord(Name.fromString(name), DClass.IN, 60, V4);
  }

  private static Record text(String text) throws IOException {
    return new TXTRecord(Name.fromString("_grpc_config.backend.test."), DClass.IN, 60, text);
  }

  private static Answer ask(DnsOptions options, DnsServer... servers) throws Exception {
    var answers = new ArrayList<Answer>();
    new DnsjavaLookup(
            Optional.empty(),
            options,
            new HostsFile(Path.of("no such file")),
            NamedServers.of(servers))
        .ask("backend.test", answers::add);
    return answers.getLast();
  }

  private static String failure(DnsOptions options, DnsServer... servers) {
    return assertThrows(IOException.class, () -> ask(options, servers)).getMessage();
  }

  private void assertSecondIsAsked() throws Exception {
    var answer = ask(DnsOptions.DEFAULT, first, second);
    assertEquals(List.of(V4), answer.addresses());
    assertEquals(Optional.of(List.of("grpc_config of the second")), answer.texts());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Rcode.REFUSED, Rcode.SERVFAIL, Rcode.NOTIMP, Rcode.FORMERR, Rcode.NOTAUTH, 11})
  void serverThatAnswersWithAnErrorIsPassedOver(int rcode) throws Exception {
    first.refusing(rcode);
    assertSecondIsAsked();
  }

  private static byte[] otherId(Message query, Message reply) {
    byte[] wire = reply.toWire();
    wire[0] ^= 1;
    return wire;
  }

  private static byte[] otherName(Message query, Message reply) throws IOException {
    var other = Record.newRecord(Name.fromString("x.test."), query.getQuestion().getType(), 1);
    var answer = reply.clone();
    answer.removeAllRecords(Section.QUESTION);
    answer.addRecord(other, Section.QUESTION);
    return answer.toWire();
  }

  private static byte[] referral(Message query, Message reply) throws IOException {
    var lame = new Message(query.getHeader().getID());
    lame.getHeader().setFlag(Flags.QR);
    lame.addRecord(query.getQuestion(), Section.QUESTION);
    var root = Name.fromString("ns.root.test.");
    lame.addRecord(new NSRecord(Name.root, DClass.IN, 60, root), Section.AUTHORITY);
    return lame.toWire();
  }

  static Stream<DnsServer.Wire> uselessAnswers() {
    return Stream.of(
        SeveralServersTest::otherId,
        SeveralServersTest::otherName,
        SeveralServersTest::referral,
        (query, reply) -> new byte[] {1},
        (query, reply) -> new byte[0],
        (query, reply) -> Arrays.copyOf(reply.toWire(), 14),
        (query, reply) -> {
          byte[] garbled = reply.toWire();
          garbled[5] = 100; // so many questions there are not
          return garbled;
        },
        (query, reply) -> { // nothing but a header, without even the question
          var bare = new Message(query.getHeader().getID());
          bare.getHeader().setFlag(Flags.QR);
          bare.getHeader().setRcode(Rcode.FORMERR);
          return bare.toWire();
        });
  }

  @ParameterizedTest
  @MethodSource("uselessAnswers")
  void serverWhoseAnswerIsOfNoUseIsPassedOver(DnsServer.Wire answer) throws Exception {
    first.with(a("backend.test."), text("grpc_config of the first")).sending(answer);
    assertSecondIsAsked();
  }

  @Test
  void serverThatIsNotThereIsPassedOver() throws Exception {
    var gone = NamedServers.of(first, second);
    first.close();
    var answers = new ArrayList<Answer>();
    new DnsjavaLookup(
            Optional.empty(), DnsOptions.DEFAULT, new HostsFile(Path.of("no such file")), gone)
        .ask("backend.test", answers::add);
    assertEquals(List.of(V4), answers.getLast().addresses());
  }

  @Test
  void serverThatSaysNothingIsPassedOverForTheWholeLookup() throws Exception {
    first.silent();
    assertEquals(
        Optional.of(List.of("grpc_config of the second")), ask(BRIEF, first, second).texts());
    assertTrue(
        first.asked.stream().noneMatch(question -> question.startsWith("TXT ")),
        first.asked::toString);
  }

  @Test
  void longAnswerOfAServerWithoutTcpIsAskedOfTheNext() throws Exception {
    first.with(a("backend.test.")).truncating().withoutTcp();
    assertSecondIsAsked();
  }

  @Test
  void configIsAskedOfTheNextServerWhereTheFirstFailsForIt() throws Exception {
    first.with(a("backend.test.")).failing("_grpc_config.backend.test.", Rcode.REFUSED);
    assertSecondIsAsked();
  }

  @Test
  void aliasIsFollowedAtTheNextServer() throws Exception {
    first.with(
        new CNAMERecord(
            Name.fromString("backend.test."), DClass.IN, 60, Name.fromString("other.test.")));
    first.failing("other.test.", Rcode.SERVFAIL);
    assertEquals(List.of(V4), ask(DnsOptions.DEFAULT, first, second).addresses());
  }

  @Test
  void nameThatDoesNotExistIsAskedOfNobodyElse() {
    var message = failure(DnsOptions.DEFAULT, first, second);
    assertTrue(message.contains("NXDOMAIN"), message);
    assertEquals(List.of(), List.copyOf(second.asked));
  }

  @Test
  void nameWithoutAddressesIsAskedOfNobodyElse() throws Exception {
    first.with(new TXTRecord(Name.fromString("backend.test."), DClass.IN, 60, "x"));
    var message = failure(DnsOptions.DEFAULT, first, second);
    assertTrue(message.contains("no A record, no AAAA record"), message);
    assertEquals(List.of(), List.copyOf(second.asked));
  }

  @Test
  void failureNamesEachServerAndWhatCameOfIt() {
    first.refusing(Rcode.REFUSED);
    second.silent();
    var message = failure(BRIEF, first, second);
    String both =
        "127.0.0.1:%d answered REFUSED, 127.0.0.1:%d did not answer"
            .formatted(first.port(), second.port());
    assertTrue(message.contains("A: " + both + ", AAAA: " + both), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP, Rcode.REFUSED, Rcode.SERVFAIL})
  void serverThatRefusesEdnsIsAskedWithout(int rcode) throws Exception {
    first.with(a("backend.test."), text("plain")).refusingEdns(rcode);
    var answer = ask(DnsOptions.DEFAULT, first);
    assertEquals(List.of(V4), answer.addresses());
    assertEquals(Optional.of(List.of("plain")), answer.texts());
  }

  @Test
  void serverOfAnotherVersionOfEdnsIsAskedWithout() throws Exception {
    first
        .with(a("backend.test."))
        .sending((query, reply) -> {
          if (query.getOPT() != null) {
            reply.removeAllRecords(Section.ANSWER);
            reply.addRecord(new OPTRecord(512, 1, 7), Section.ADDITIONAL); // BADVERS is 16
          }
          return reply.toWire();
        });
    assertEquals(List.of(V4), ask(DnsOptions.DEFAULT, first).addresses());
  }

  @Test
  void serverThatAnswersEdnsWithAHeaderAloneIsAskedWithout() throws Exception {
    first
        .with(a("backend.test."))
        .sending((query, reply) -> {
          if (query.getOPT() == null) {
            return reply.toWire();
          }
          var bare = new Message(query.getHeader().getID());
          bare.getHeader().setFlag(Flags.QR);
          bare.getHeader().setRcode(Rcode.FORMERR);
          return bare.toWire();
        });
    assertEquals(List.of(V4), ask(DnsOptions.DEFAULT, first).addresses());
  }

  @Test
  void serverThatKnowsEdnsAndRefusesIsAskedOnce() {
    first.sending((query, reply) -> {
      reply.getHeader().setRcode(Rcode.REFUSED);
      reply.addRecord(new OPTRecord(1280, 0, 0), Section.ADDITIONAL);
      return reply.toWire();
    });
    var message = failure(DnsOptions.DEFAULT, first);
    assertTrue(message.contains("answered REFUSED"), message);
    assertEquals(1, first.asked.stream().filter(q -> q.equals("A backend.test.")).count());
  }

  @Test
  void serverThatDropsWhatHasAnOptRecordIsAskedWithoutInItsSecondTurn() throws Exception {
    first
        .with(a("backend.test."))
        .sending((query, reply) -> query.getOPT() == null ? reply.toWire() : null);
    assertEquals(List.of(V4), ask(BRIEF, first).addresses());
    assertTrue(first.asked.contains(Type.string(Type.A) + " backend.test."));
  }
}
