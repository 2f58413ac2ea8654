package grpc.kernel.attempt;

import static grpc.kernel.attempt.AnsweringCredentials.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallCredentials;
import grpc.api.CallOptions;
import grpc.api.ConnectivityState;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.PeerSecurity;
import grpc.api.SecurityLevel;
import grpc.kernel.call.CallingPolicy;
import grpc.kernel.call.TestCalls;
import grpc.spi.balancer.SubConn;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.testing.FakeStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What credentials add to which attempts. */
class CallCredentialsTest extends RetryingCalls {
  private static final MetadataKey<String> TOKEN = MetadataKey.text("authorization");

  /** A token that is another each time. */
  private static CallOptions counting() {
    var asked = new AtomicInteger();
    return with(attempt -> Metadata.of(TOKEN, "token " + asked.incrementAndGet()));
  }

  private static List<String> tokens(FakeStream stream) {
    return stream.requestHeaders().metadata().all(TOKEN);
  }

  @Test
  void channelsComeFirstThenTheCallsBehindItsMetadata() throws Exception {
    on(
        "",
        SecurityLevel.PRIVACY_AND_INTEGRITY,
        Optional.of(attempt -> Metadata.of(TOKEN, "channel")));
    var options =
        with(attempt -> Metadata.of(TOKEN, "call")).withMetadata(Metadata.of(TOKEN, "metadata"));
    var answer = calls.unary("hello", options);
    var stream = next();
    assertEquals(List.of("metadata", "channel", "call"), tokens(stream));
    stream.succeeds("hi");
    assertEquals("hi", answer.get());

    answer = calls.unary("hello");
    stream = next();
    assertEquals(List.of("channel"), tokens(stream));
    stream.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void credentialsSeeMethodAuthorityAndPeer() throws Exception {
    onProtected("");
    var seen = new ArrayList<CallCredentials.Attempt>();
    var options =
        with(attempt -> {
          seen.add(attempt);
          return Metadata.EMPTY;
        });
    var first = calls.unary("hello", options);
    next().succeeds("hi");
    first.get();
    var second = calls.unary("hello", options.withAuthority("other:8443"));
    next().succeeds("hi");
    second.get();
    assertEquals(
        List.of("https://server/test.Calls", "https://other:8443/test.Calls"),
        seen.stream().map(CallCredentials.Attempt::audience).toList());
    assertEquals("test.Calls/Unary", seen.getFirst().method().fullName());
    assertEquals(SecurityLevel.PRIVACY_AND_INTEGRITY, seen.getFirst().peer().security().level());
    assertEquals(
        calls.transport.newest().address().socketAddress(), seen.getFirst().peer().remote());
  }

  @Test
  void retryAsksAnew() throws Exception {
    onProtected(TestCalls.RETRY);
    var answer = calls.unary("hello", counting());
    var first = next();
    assertEquals(List.of("token 1"), tokens(first));
    first.fails(DOWN);
    after(1);
    var second = next();
    assertEquals(List.of("token 2"), tokens(second));
    second.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void repetitionOfWhatNoServerHasSeenAsksAnew() throws Exception {
    onProtected("");
    try (var chat = calls.channel.call(TestCalls.CHAT, counting())) {
      chat.start();
      next().ends(DOWN, Metadata.EMPTY, Progress.UNPROCESSED);
      var answer = TestCalls.start(() -> chat.receive().orElseThrow());
      var second = next();
      assertEquals(List.of("token 2"), tokens(second));
      second.answers("hi");
      assertEquals("hi", answer.get());
    }
  }

  @Test
  void hedgesAskEachForThemselves() throws Exception {
    onProtected("'hedgingPolicy': {'maxAttempts': 2}");
    var answer = calls.unary("hello", counting());
    var both = Stream.of(tokens(next()), tokens(next())).flatMap(List::stream).sorted().toList();
    assertEquals(List.of("token 1", "token 2"), both);
    answer.cancel(true);
  }

  @Test
  void retryPolicyRepeatsTheAttemptOfCredentialsThatAreUnavailable() throws Exception {
    onProtected(TestCalls.RETRY);
    var asked = new AtomicInteger();
    var options =
        with(attempt -> {
          if (asked.incrementAndGet() == 1) {
            throw new IOException("not yet");
          }
          return Metadata.of(TOKEN, "t");
        });
    var answer = calls.unary("hello", options);
    after(1);
    var stream = next();
    assertEquals(List.of("t"), tokens(stream));
    stream.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void withoutAPolicyFailedCredentialsAreAskedOnce() throws Exception {
    onProtected("");
    var asked = new AtomicInteger();
    var options =
        with(attempt -> {
          asked.incrementAndGet();
          throw new IOException("down");
        });
    assertTrue(calls.unary("hello", options).get().startsWith("UNAVAILABLE: "));
    assertEquals(1, asked.get());
  }

  @Test
  void timeThatCredentialsTakeCountsAgainstTheTimeoutThatIsSent() throws Exception {
    onProtected("");
    var second = Duration.ofSeconds(1);
    var options =
        with(
                attempt -> {
                  calls.clock.pass(second);
                  return Metadata.of(TOKEN, "t");
                })
            .withTimeout(second.multipliedBy(3));
    var answer = calls.unary("hello", options);
    var stream = next();
    assertEquals(second.multipliedBy(2), Duration.ofNanos(stream.requestHeaders().timeoutNanos()));
    stream.succeeds("hi");
    assertEquals("hi", answer.get());
  }

  @Test
  void callsThatAPolicyMakesCarryTheChannelsToo() throws Exception {
    var policy = new CallingPolicy();
    use(TestCalls.secured(policy, attempt -> Metadata.of(TOKEN, "channel")));
    calls.core.connect();
    policy.tell(SubConn::connect);
    policy.awaitState(ConnectivityState.READY);
    var answer = TestCalls.start(() -> policy.unary("how loaded?", CallOptions.DEFAULT));
    var stream = next();
    assertEquals(List.of("channel"), tokens(stream));
    stream.succeeds("little");
    assertEquals("little", answer.get());
  }

  @Test
  void callHasThePeerThatItsCredentialsRefused() {
    on("", SecurityLevel.NONE, Optional.empty());
    try (var chat = calls.channel.call(TestCalls.CHAT, with(attempt -> Metadata.of(TOKEN, "t")))) {
      chat.start();
      assertEquals(
          Optional.of(SecurityLevel.NONE),
          chat.peer().map(p -> p.security()).map(PeerSecurity::level));
    }
  }
}
