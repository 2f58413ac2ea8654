package grpc.api;

import static grpc.api.CallOptions.DEFAULT;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallOptionsTest {
  private static final Attributes.Key<String> TENANT = Attributes.Key.of("tenant");
  private static final MetadataKey<String> COLOUR = MetadataKey.text("colour");
  private static final CallCredentials TOKEN = attempt -> Metadata.EMPTY;
  private static final CallCredentials OTHER_TOKEN = attempt -> Metadata.EMPTY;

  /** How a field is chosen, and how it is read. */
  private record Choice(
      Function<CallOptions, CallOptions> first,
      Function<CallOptions, CallOptions> second,
      Function<CallOptions, Object> read) {}

  /** Each field of the class by its name: a new one needs a line here. */
  private static final Map<String, Choice> CHOICES =
      Map.ofEntries(
          entry(
              "timeout",
              new Choice(
                  o -> o.withTimeout(Duration.ofSeconds(2)),
                  o -> o.withTimeout(Duration.ofSeconds(9)),
                  CallOptions::timeout)),
          entry(
              "deadline",
              new Choice(
                  o -> o.withDeadline(new Deadline(2)),
                  o -> o.withDeadline(new Deadline(9)),
                  CallOptions::deadline)),
          entry(
              "waitForReady",
              new Choice(
                  o -> o.withWaitForReady(true),
                  o -> o.withWaitForReady(false),
                  CallOptions::waitForReady)),
          entry(
              "compressor",
              new Choice(
                  o -> o.withCompressor("gzip"),
                  o -> o.withCompressor("identity"),
                  CallOptions::compressor)),
          entry(
              "metadata",
              new Choice(
                  o -> o.withMetadata(Metadata.of(COLOUR, "red")),
                  o -> o.withMetadata(Metadata.of(COLOUR, "blue")),
                  o -> o.metadata().find(COLOUR))),
          entry(
              "authority",
              new Choice(
                  o -> o.withAuthority("first"),
                  o -> o.withAuthority("second"),
                  CallOptions::authority)),
          entry(
              "contentSubtype",
              new Choice(
                  o -> o.withContentSubtype("proto"),
                  o -> o.withContentSubtype("json"),
                  CallOptions::contentSubtype)),
          entry(
              "maxReceiveMessageSize",
              new Choice(
                  o -> o.withMaxReceiveMessageSize(2),
                  o -> o.withMaxReceiveMessageSize(0),
                  CallOptions::maxReceiveMessageSize)),
          entry(
              "maxSendMessageSize",
              new Choice(
                  o -> o.withMaxSendMessageSize(2),
                  o -> o.withMaxSendMessageSize(0),
                  CallOptions::maxSendMessageSize)),
          entry(
              "attributes",
              new Choice(
                  o -> o.withAttribute(TENANT, "acme"),
                  o -> o.withAttribute(TENANT, "other"),
                  o -> o.attributes().find(TENANT))),
          entry(
              "callCredentials",
              new Choice(
                  o -> o.withCallCredentials(TOKEN),
                  o -> o.withCallCredentials(OTHER_TOKEN),
                  CallOptions::callCredentials)));

  static Stream<String> fields() {
    return Arrays.stream(CallOptions.class.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .map(Field::getName);
  }

  private static Choice choice(String field) {
    return Objects.requireNonNull(CHOICES.get(field), () -> field + ": give it a line in CHOICES");
  }

  private static CallOptions chosen(Stream<String> fields) {
    return fields.reduce(
        DEFAULT, (options, field) -> choice(field).first.apply(options), (one, _) -> one);
  }

  private static Map<String, Object> read(CallOptions options) {
    return fields().collect(Collectors.toMap(f -> f, f -> choice(f).read.apply(options)));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void eachChoiceIsReadAndKeepsTheOthers(String field) {
    var choice = choice(field);
    var others = chosen(fields().filter(f -> !f.equals(field)));
    assertEquals(choice.read.apply(DEFAULT), choice.read.apply(others));
    var all = choice.first.apply(others);
    var expected = new HashMap<>(read(others));
    expected.put(field, choice.read.apply(choice.first.apply(DEFAULT)));
    assertEquals(expected, read(all));
    assertNotEquals(read(others), read(all));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void defaultsFillWhatOptionsLeaveOpen(String field) {
    var others = chosen(fields().filter(f -> !f.equals(field)));
    var one = choice(field).first.apply(DEFAULT);
    var all = read(choice(field).first.apply(others));
    assertEquals(all, read(one.orElse(others)));
    assertEquals(all, read(others.orElse(one)));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void optionsWinOverDefaultsFieldByField(String field) {
    var defaults = chosen(fields());
    var second = choice(field).second.apply(DEFAULT);
    var expected = new HashMap<>(read(defaults));
    expected.put(field, choice(field).read.apply(second));
    assertEquals(expected, read(second.orElse(defaults)));
    assertNotEquals(read(defaults), read(second.orElse(defaults)));
  }

  @Test
  void metadataOfBothIsSentThatOfTheDefaultsFirst() {
    var defaults = DEFAULT.withMetadata(COLOUR, "red");
    var both = DEFAULT.withMetadata(COLOUR, "blue").orElse(defaults);
    assertEquals(List.of("red", "blue"), both.metadata().all(COLOUR));
    assertSame(defaults, defaults.orElse(defaults), "metadata is not doubled");
  }

  @Test
  void attributesOfBothAreKept() {
    Attributes.Key<Integer> shard = Attributes.Key.of("shard");
    var both = DEFAULT.withAttribute(shard, 7).orElse(DEFAULT.withAttribute(TENANT, "acme"));
    assertEquals(Optional.of(7), both.attributes().find(shard));
    assertEquals(Optional.of("acme"), both.attributes().find(TENANT));
  }

  @Test
  void optionsThatChooseNothingCostNoCopy() {
    var options = DEFAULT.withWaitForReady(true);
    assertSame(options, options.orElse(DEFAULT));
    assertSame(options, DEFAULT.orElse(options));
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
    assertThrows(IllegalArgumentException.class, () -> DEFAULT.withMaxSendMessageSize(-1));
    assertThrows(IllegalArgumentException.class, () -> DEFAULT.withMaxReceiveMessageSize(-1));
  }

  @Test
  void whatCannotStandInAHeaderIsRefused() {
    for (var text : new String[] {"a\r\nb: c", "a\u0000", "\u00e4", "a b", " a", "a\u007f"}) {
      assertThrows(IllegalArgumentException.class, () -> DEFAULT.withAuthority(text), text);
      assertThrows(IllegalArgumentException.class, () -> DEFAULT.withContentSubtype(text), text);
      assertThrows(IllegalArgumentException.class, () -> DEFAULT.withCompressor(text), text);
    }
    assertThrows(IllegalArgumentException.class, () -> DEFAULT.withAuthority(""));
    assertThrows(IllegalArgumentException.class, () -> DEFAULT.withCompressor("a,b"));
    var e = assertThrows(IllegalArgumentException.class, () -> DEFAULT.withAuthority("a\nb"));
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
