package integration.protoc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallOptions;
import integration.protoc.bare.BareCallsClient;
import integration.protoc.bare.BareProto;
import integration.protoc.edition.Edition2023.Request;
import integration.protoc.edition.Edition2023.Response;
import integration.protoc.edition.EditionClient;
import integration.protoc.edition2024.Ask;
import integration.protoc.edition2024.Edition2024;
import integration.protoc.edition2024.Edition2024Proto;
import integration.protoc.edition2024.NewerClient;
import integration.protoc.edition2024.imported.Chosen;
import integration.protoc.edition2024.imported.Near;
import integration.protoc.names.M;
import integration.protoc.names.NamesClient;
import integration.protoc.single.SingleClient;
import integration.protoc.single.SingleFileOuterClass.SingleFile;
import integration.protoc.tricky.Outer;
import integration.protoc.tricky.TrickyClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClientTest {
  private final FakeChannel channel = new FakeChannel();
  private final TrickyClient client = new TrickyClient(channel);

  @Test
  void aUnaryMethodReturnsTheMessage() {
    channel.answers.add(Outer.Inner.newBuilder().setNumber(7).build());
    assertEquals(7, client.sayHello(Outer.getDefaultInstance()).getNumber());
    assertEquals(List.of("unary tenon.tricky.v1.Tricky/SayHello"), channel.trace);
  }

  @Test
  void aUnaryMethodHasAnotherThatReturnsAFuture() throws Exception {
    channel.answers.add(Outer.Inner.newBuilder().setNumber(7).build());
    assertEquals(7, client.sayHelloAsync(Outer.getDefaultInstance()).get().getNumber());
    assertEquals(List.of("unary tenon.tricky.v1.Tricky/SayHello"), channel.trace);
  }

  @Test
  void aStreamOfResponsesIsIterable() {
    var flag = Outer.Inner.Innermost.newBuilder().setFlag(true).build();
    channel.answers.addAll(List.of(flag, flag));
    int count = 0;
    try (var responses = client.many(Outer.Inner.getDefaultInstance())) {
      for (var response : responses) {
        count += response.getFlag() ? 1 : 0;
      }
    }
    assertEquals(2, count);
    assertEquals(
        List.of("SERVER_STREAMING tenon.tricky.v1.Tricky/Many", "sendLast Inner", "cancel"),
        channel.trace);
  }

  @Test
  void aStreamOfRequestsFinishesWithTheResponse() {
    channel.answers.add(Outer.newBuilder().setText("done").build());
    try (var requests = client.collect()) {
      requests.send(Outer.Inner.Innermost.getDefaultInstance());
      assertEquals("done", requests.finish().getText());
    }
    assertEquals(
        List.of(
            "CLIENT_STREAMING tenon.tricky.v1.Tricky/Collect",
            "start",
            "send Innermost",
            "halfClose",
            "cancel"),
        channel.trace);
  }

  @Test
  void bothSidesStream() {
    channel.answers.add(Outer.getDefaultInstance());
    try (var chat = client.chat()) {
      chat.send(Outer.getDefaultInstance());
      assertEquals(Outer.getDefaultInstance(), chat.receive().orElseThrow());
    }
    assertEquals("BIDI_STREAMING tenon.tricky.v1.Tricky/Chat", channel.trace.getFirst());
  }

  @Test
  void optionsAreThoseOfTheClientAtHand() {
    channel.answers.addAll(List.of(Outer.getDefaultInstance(), Outer.getDefaultInstance()));
    var hasty = client.with(CallOptions.timeout(Duration.ofSeconds(1)));
    hasty.with_(Outer.getDefaultInstance());
    client.with_(Outer.getDefaultInstance());
    assertEquals(
        List.of(
            "unary tenon.tricky.v1.Tricky/With within PT1S", "unary tenon.tricky.v1.Tricky/With"),
        channel.trace);
  }

  @Test
  void laterOptionsKeepWhatTheyDoNotChoose() {
    channel.answers.add(Outer.getDefaultInstance());
    client
        .with(CallOptions.timeout(Duration.ofSeconds(1)))
        .with(CallOptions.DEFAULT.withWaitForReady(true))
        .with_(Outer.getDefaultInstance());
    assertEquals(List.of("unary tenon.tricky.v1.Tricky/With within PT1S"), channel.trace);
  }

  @Test
  void namesThatJavaHasTakenEndInAnUnderscore() {
    client.wait_().close();
    client.getClass_().close();
    client.hashCode_().close();
    client.toString_().close();
    client.notify_().close();
    client.clone_().close();
    client.finalize_().close();
    channel.answers.add(Outer.getDefaultInstance());
    client.class_(Outer.getDefaultInstance());
    assertEquals("unary tenon.tricky.v1.Tricky/Class", channel.trace.getLast());
  }

  @Test
  void methodsThatAreOneInJavaStayTwoOnTheWire() {
    channel.answers.addAll(List.of(Outer.getDefaultInstance(), Outer.getDefaultInstance()));
    client.doIt(Outer.getDefaultInstance());
    client.doIt_(Outer.getDefaultInstance());
    assertEquals(
        List.of("unary tenon.tricky.v1.Tricky/DoIt", "unary tenon.tricky.v1.Tricky/do_it"),
        channel.trace);
  }

  @Test
  void aFileWithoutAPackageHasAServiceWithoutOne() {
    channel.answers.add(BareProto.Bare.getDefaultInstance());
    new BareCallsClient(channel).call(BareProto.Bare.getDefaultInstance());
    assertEquals(List.of("unary BareCalls/Call"), channel.trace);
  }

  @Test
  void messagesOfASingleFileAreNestedInIt() {
    channel.answers.add(SingleFile.Nested.newBuilder().setN(3).build());
    assertEquals(3, new SingleClient(channel).call(SingleFile.getDefaultInstance()).getN());
  }

  @Test
  void editionsAreUnderstood() {
    channel.answers.add(Response.getDefaultInstance());
    try (var responses = new EditionClient(channel).call(Request.getDefaultInstance())) {
      assertEquals(Response.getDefaultInstance(), responses.receive().orElseThrow());
    }
  }

  @Test
  void aNewerEditionNestsTheMessagesThatSaySo() {
    var newer = new NewerClient(channel);
    channel.answers.add(Edition2024Proto.Answer.newBuilder().setText("x").build());
    assertEquals("x", newer.top(Ask.getDefaultInstance()).getText());
    try (var inner = newer.inner(Ask.Detail.getDefaultInstance());
        var same = newer.same()) {
      Optional<Edition2024Proto.Answer.Detail> detail = inner.receive();
      assertEquals(Optional.empty(), detail);
      same.send(Edition2024.getDefaultInstance());
    }
    channel.answers.add(Near.getDefaultInstance());
    assertEquals(Near.getDefaultInstance(), newer.imported(Chosen.Far.getDefaultInstance()));
  }

  @Test
  void namesThatAreNoneInJavaBeginWithAnUnderscore() {
    var names = new NamesClient(channel);
    for (int i = 0; i < 3; i++) {
      channel.answers.add(M.getDefaultInstance());
    }
    names.__(M.getDefaultInstance());
    names.___(M.getDefaultInstance());
    names._1(M.getDefaultInstance());
    assertEquals(
        List.of(
            "unary tenon.names.Names/_",
            "unary tenon.names.Names/__",
            "unary tenon.names.Names/_1"),
        channel.trace);
  }
}
