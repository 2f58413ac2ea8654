package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CallOptionsTest {
  private static final Attributes.Key<String> TENANT = Attributes.Key.of("tenant");

  @Test
  void eachChoiceKeepsTheOthers() {
    var options =
        CallOptions.deadline(Duration.ofSeconds(2))
            .withWaitForReady(true)
            .withCompressor("gzip")
            .withMetadata(MetadataKey.text("a"), "b")
            .withAuthority("elsewhere")
            .withMaxReceiveMessageSize(1)
            .withMaxSendMessageSize(2)
            .withAttribute(TENANT, "acme");
    assertEquals(Optional.of(Duration.ofSeconds(2)), options.timeout());
    assertEquals(Optional.of(true), options.waitForReady());
    assertEquals(Optional.of("gzip"), options.compressor());
    assertEquals(1, options.metadata().size());
    assertEquals(Optional.of("elsewhere"), options.authority());
    assertEquals(OptionalInt.of(1), options.maxReceiveMessageSize());
    assertEquals(OptionalInt.of(2), options.maxSendMessageSize());
    assertEquals(Optional.of("acme"), options.attributes().find(TENANT));
  }

  @Test
  void nothingIsChosenByDefault() {
    var options = CallOptions.DEFAULT;
    assertTrue(options.timeout().isEmpty());
    assertTrue(options.waitForReady().isEmpty());
    assertTrue(options.maxReceiveMessageSize().isEmpty());
    assertTrue(options.metadata().isEmpty());
  }

  @Test
  void laterOptionsKeepWhatTheyDoNotChoose() {
    var first =
        CallOptions.deadline(Duration.ofSeconds(2))
            .withWaitForReady(true)
            .withCompressor("gzip")
            .withMetadata(MetadataKey.text("a"), "1")
            .withAuthority("first")
            .withContentSubtype("proto")
            .withMaxReceiveMessageSize(1)
            .withMaxSendMessageSize(2)
            .withAttribute(TENANT, "acme");
    var nothing = first.merged(CallOptions.DEFAULT.withMetadata(MetadataKey.text("b"), "2"));
    assertEquals(Optional.of(Duration.ofSeconds(2)), nothing.timeout());
    assertEquals(Optional.of(true), nothing.waitForReady());
    assertEquals(Optional.of("gzip"), nothing.compressor());
    assertEquals("{a=1, b=2}", nothing.metadata().toString());
    assertEquals(Optional.of("first"), nothing.authority());
    assertEquals(Optional.of("proto"), nothing.contentSubtype());
    assertEquals(OptionalInt.of(1), nothing.maxReceiveMessageSize());
    assertEquals(OptionalInt.of(2), nothing.maxSendMessageSize());
    assertEquals(Optional.of("acme"), nothing.attributes().find(TENANT));
  }

  @Test
  void laterOptionsWinFieldByField() {
    var later =
        CallOptions.deadline(Duration.ofSeconds(9))
            .withWaitForReady(false)
            .withCompressor("identity")
            .withAuthority("later")
            .withContentSubtype("json")
            .withMaxReceiveMessageSize(0)
            .withMaxSendMessageSize(0)
            .withAttribute(TENANT, "other");
    var both =
        CallOptions.deadline(Duration.ofSeconds(2))
            .withWaitForReady(true)
            .withCompressor("gzip")
            .withAuthority("first")
            .withContentSubtype("proto")
            .withMaxReceiveMessageSize(1)
            .withMaxSendMessageSize(2)
            .withAttribute(TENANT, "acme")
            .merged(later);
    assertEquals(Optional.of(Duration.ofSeconds(9)), both.timeout());
    assertEquals(Optional.of(false), both.waitForReady());
    assertEquals(Optional.of("identity"), both.compressor());
    assertEquals(Optional.of("later"), both.authority());
    assertEquals(Optional.of("json"), both.contentSubtype());
    assertEquals(OptionalInt.of(0), both.maxReceiveMessageSize());
    assertEquals(OptionalInt.of(0), both.maxSendMessageSize());
    assertEquals(Optional.of("other"), both.attributes().find(TENANT));
  }

  @Test
  void whatWouldBreakAHeaderIsRefused() {
    var options = CallOptions.DEFAULT;
    assertThrows(IllegalArgumentException.class, () -> options.withAuthority("a\r\nb"));
    assertThrows(IllegalArgumentException.class, () -> options.withAuthority(""));
    assertThrows(IllegalArgumentException.class, () -> options.withAuthority("grün"));
    assertThrows(IllegalArgumentException.class, () -> options.withContentSubtype("a b"));
    assertThrows(IllegalArgumentException.class, () -> options.withContentSubtype("a;b"));
    assertThrows(IllegalArgumentException.class, () -> options.withCompressor("a,b"));
    assertEquals(Optional.of("[::1]:80"), options.withAuthority("[::1]:80").authority());
    assertEquals(Optional.of("x+y"), options.withContentSubtype("x+y").contentSubtype());
  }

  @Test
  void negativeSizesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> CallOptions.DEFAULT.withMaxSendMessageSize(-1));
  }

  @Test
  void whatCannotStandInAHeaderIsRefused() {
    for (var text : new String[] {"a\r\nb: c", "a\u0000", "\u00e4", "a b", " a", "a\u007f"}) {
      assertThrows(
          IllegalArgumentException.class, () -> CallOptions.DEFAULT.withAuthority(text), text);
      assertThrows(
          IllegalArgumentException.class, () -> CallOptions.DEFAULT.withContentSubtype(text), text);
      assertThrows(
          IllegalArgumentException.class, () -> CallOptions.DEFAULT.withCompressor(text), text);
    }
    assertThrows(IllegalArgumentException.class, () -> CallOptions.DEFAULT.withAuthority(""));
    assertThrows(IllegalArgumentException.class, () -> CallOptions.DEFAULT.withCompressor("a,b"));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> CallOptions.DEFAULT.withAuthority("a\nb"));
    assertEquals(
        "authority \"a\\u000ab\": character U+000A at index 1 is not allowed (expected: host or"
            + " host:port)",
        e.getMessage());
  }

  @Test
  void deadlinesDoNotOverflowAndTheEarlierIsChosen() {
    long now = Long.MAX_VALUE - 5;
    var far = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), now);
    assertTrue(far.remainingNanos(now) > Duration.ofDays(36_000).toNanos());
    var near = Deadline.after(Duration.ofSeconds(1), now);
    assertEquals(near, near.earlier(far));
    assertEquals(near, far.earlier(near));
    assertTrue(Deadline.after(Duration.ofSeconds(-1), now).remainingNanos(now) < 0);
    var past = Deadline.after(Duration.ofSeconds(Long.MIN_VALUE), now);
    assertTrue(past.remainingNanos(now) < 0);
    assertEquals(past, past.earlier(far));
    assertEquals(far, Deadline.after(ChronoUnit.FOREVER.getDuration(), now));
  }
}
