package grpc.kernel.attempt;

import static grpc.kernel.attempt.AnsweringCredentials.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallCredentials;
import grpc.api.CallOptions;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.SecurityLevel;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.spi.transport.ReceivedMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call ends with if its credentials fail. */
class FailingCredentialsTest extends RetryingCalls {
  private static final MetadataKey<String> TOKEN = MetadataKey.text("authorization");
  private static final String NAME = "call credentials " + AnsweringCredentials.class.getName();

  private static CallCredentials throwing(Exception e) {
    return attempt -> {
      switch (e) {
        case IOException io -> throw io;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException runtime -> throw runtime;
        default -> throw new AssertionError(e);
      }
    };
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new IOException("no token server"),
            "UNAVAILABLE: " + NAME + " failed: java.io.IOException: no token server"),
        Arguments.of(
            new IllegalStateException("no key"),
            "UNAUTHENTICATED: " + NAME + " failed: java.lang.IllegalStateException: no key"),
        Arguments.of(
            Status.of(StatusCode.PERMISSION_DENIED, "not you").asException(),
            "PERMISSION_DENIED: " + NAME + ": not you"),
        Arguments.of(
            Status.notFound("no such user").asException(),
            "INTERNAL: illegal status of call credentials: NOT_FOUND: " + NAME + ": no such user"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failureOfCredentialsEndsTheCall(Exception thrown, String status) throws Exception {
    onProtected("");
    assertEquals(status, calls.unary("hello", with(throwing(thrown))).get());
    assertEquals(0, calls.transport.waitingStreams());

    on(
        "",
        SecurityLevel.PRIVACY_AND_INTEGRITY,
        Optional.of(new AnsweringCredentials(throwing(thrown))));
    try (var chat = calls.chat()) {
      chat.start();
      var e = assertThrows(StatusException.class, chat::receive);
      assertEquals(status, e.status().toString());
    }
    assertEquals(0, calls.transport.waitingStreams());
  }

  @ParameterizedTest
  @EnumSource
  void codesThatOnlyApplicationsUseBecomeInternal(StatusCode code) throws Exception {
    var allowed =
        List.of(
            StatusCode.CANCELLED,
            StatusCode.UNKNOWN,
            StatusCode.DEADLINE_EXCEEDED,
            StatusCode.PERMISSION_DENIED,
            StatusCode.RESOURCE_EXHAUSTED,
            StatusCode.UNIMPLEMENTED,
            StatusCode.INTERNAL,
            StatusCode.UNAVAILABLE,
            StatusCode.UNAUTHENTICATED);
    onProtected("");
    var status = calls.unary("a", with(throwing(Status.of(code, "x").asException()))).get();
    var expected = allowed.contains(code) ? code : StatusCode.INTERNAL;
    assertTrue(status.startsWith(expected + ": "), status);
  }

  @Test
  void whatNoMetadataIsIsInternal() throws Exception {
    onProtected("");
    var timeout = new ReceivedMetadata(1).add("grpc-timeout", "1S").build();
    var agent = Metadata.of(MetadataKey.USER_AGENT, "me");
    for (var reserved : List.of(timeout, agent)) {
      var name = reserved.iterator().next().name();
      var status = calls.unary("a", with(attempt -> reserved)).get();
      var expected = "INTERNAL: %s gave a bad key: metadata key \"%s\" ".formatted(NAME, name);
      assertTrue(status.startsWith(expected), status);
    }
    assertEquals(
        "INTERNAL: " + NAME + " answered null (expected: Metadata; Metadata.EMPTY for no addition)",
        calls.unary("a", with(attempt -> nothing())).get());
    assertEquals(0, calls.transport.waitingStreams());
  }

  @SuppressWarnings("NullAway") // as careless credentials do it
  private static Metadata nothing() {
    return null;
  }

  @Test
  void errorIsAFaultOfTheModule() throws Exception {
    onProtected("");
    var status =
        calls
            .unary(
                "a",
                with(attempt -> {
                  throw new NoSuchMethodError("gone");
                }))
            .get();
    assertTrue(status.startsWith("INTERNAL: call credentials "), status);
    assertTrue(status.contains("gone"), status);
  }

  @Test
  void credentialsAreNotAskedOnAConnectionThatIsTooWeak() throws Exception {
    for (var level : List.of(SecurityLevel.NONE, SecurityLevel.INTEGRITY)) {
      on("", level, Optional.empty());
      var status =
          calls
              .unary(
                  "a",
                  with(attempt -> {
                    throw new AssertionError("asked");
                  }))
              .get();
      assertEquals(
          "UNAUTHENTICATED: %s require a connection with PRIVACY_AND_INTEGRITY, and the one to /127.0.0.1:1 has %s: open the channel with credentials that protect it, or override requiredSecurity() if what they add is no secret"
              .formatted(NAME, level),
          status);
      assertEquals(0, calls.transport.waitingStreams());
    }
  }

  @Test
  void connectionNeedsToBeAsStrongAsTheCredentialsSay() throws Exception {
    on("", SecurityLevel.INTEGRITY, Optional.empty());
    for (var required : List.of(SecurityLevel.NONE, SecurityLevel.INTEGRITY)) {
      var token = new AnsweringCredentials(attempt -> Metadata.of(TOKEN, "t"), required);
      var answer = calls.unary("a", CallOptions.DEFAULT.withCallCredentials(token));
      var stream = next();
      assertEquals(List.of("t"), stream.requestHeaders().metadata().all(TOKEN));
      stream.succeeds("hi");
      assertEquals("hi", answer.get());
    }
  }
}
