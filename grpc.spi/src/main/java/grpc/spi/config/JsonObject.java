package grpc.spi.config;

import grpc.spi.failure.Excerpt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A JSON object of a service config, with typed access to its fields. Immutable, and safe for any
 * thread.
 *
 * <p>The rules are those of protobuf's JSON. A field that is {@code null} is absent. A number may
 * stand in a string, and 5.0 is a whole number. Ignore unknown fields, as gRFC A2 demands: do not
 * refuse a configuration because of one.
 *
 * <p>Each method that reads a field throws {@link InvalidField} for a bad value. The message has
 * the path of the field in the whole service config, so do not catch the exception. For a rule of
 * your own, throw the exception that {@link #invalid} returns. To demand a field, write
 *
 * <pre>{@code
 * json.integer("weight", 1, 100).orElseThrow(() -> json.invalid("weight", "1 to 100"))
 * }</pre>
 */
public final class JsonObject {
  /** The object without fields; a policy gets it if it was chosen by name alone. */
  public static final JsonObject EMPTY = new JsonObject("", Map.of());

  private final String path;
  private final Map<String, Object> fields;

  private JsonObject(String path, Map<String, Object> fields) {
    this.path = path;
    this.fields = fields;
  }

  /**
   * {@return an object of these fields, the root of its document} The fields are copied, the nested
   * ones too.
   *
   * @param fields by name: String, Number, Boolean, a List of such values, a Map of such fields,
   *     this type, or null for a field that is absent
   * @throws IllegalArgumentException if a value has another type, or is a number that JSON does not
   *     have, such as NaN
   */
  public static JsonObject of(Map<String, ?> fields) {
    return new JsonObject("", copy(fields));
  }

  private static Map<String, Object> copy(Map<?, ?> fields) {
    var copy = new LinkedHashMap<String, Object>();
    fields.forEach((name, value) -> {
      if (value != null) {
        copy.put(name.toString(), copy(value));
      }
    });
    return Collections.unmodifiableMap(copy);
  }

  private static Object copy(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean bool -> bool;
      case Number number -> JsonNumbers.of(number);
      case JsonObject object -> object.fields;
      case Map<?, ?> object -> copy(object);
      case List<?> list -> list.stream().filter(Objects::nonNull).map(JsonObject::copy).toList();
      default ->
          throw new IllegalArgumentException(
              value.getClass().getName()
                  + " in a JSON object (expected: String, Number, Boolean, List or Map)");
    };
  }

  /**
   * {@return the fields by name, in their order: String, BigDecimal, Boolean, List, Map} To read
   * one field, use its type's method instead.
   */
  public Map<String, Object> fields() {
    return fields;
  }

  /** {@return the path of the object in its document; empty for the root} */
  public String path() {
    return path;
  }

  /** {@return the path of this field in the document, such as {@code methodConfig[0].timeout}} */
  public String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** {@return the text in this field} */
  public Optional<String> string(String name) {
    return read(name, value -> cast(String.class, value), "a string");
  }

  /** {@return the truth value in this field} */
  public Optional<Boolean> bool(String name) {
    return read(name, value -> cast(Boolean.class, value), "true or false");
  }

  /** {@return the number in this field, which is finite} */
  public Optional<Double> number(String name) {
    return read(
        name,
        value ->
            JsonNumbers.number(value).map(BigDecimal::doubleValue).filter(d -> !d.isInfinite()),
        "a number");
  }

  /** {@return the whole number in this field} Both limits are allowed. */
  public Optional<Long> integer(String name, long least, long most) {
    return read(
        name,
        value ->
            whole(value)
                .filter(number -> number.compareTo(BigDecimal.valueOf(least)) >= 0)
                .filter(number -> number.compareTo(BigDecimal.valueOf(most)) <= 0)
                .map(BigDecimal::longValueExact),
        "a whole number, %d to %d".formatted(least, most));
  }

  /**
   * {@return the whole number in this field, or the cap if it is greater} For fields where every
   * greater number means the same as the cap.
   */
  public Optional<Integer> cappedInteger(String name, int least, int cap) {
    return read(
        name,
        value ->
            whole(value)
                .filter(number -> number.compareTo(BigDecimal.valueOf(least)) >= 0)
                .map(number -> number.min(BigDecimal.valueOf(cap)).intValueExact()),
        "a whole number, %d or more".formatted(least));
  }

  private static Optional<BigDecimal> whole(Object value) {
    return JsonNumbers.number(value).filter(JsonNumbers::isWhole);
  }

  /**
   * {@return the duration in this field, such as {@code "1.5s"}} It has at most nine digits after
   * the point, and the range of google.protobuf.Duration, 315,576,000,000 s.
   *
   * @param least the shortest allowed duration; {@link Duration#ZERO} refuses a minus
   */
  public Optional<Duration> duration(String name, Duration least) {
    return duration(name, least, JsonNumbers.MOST, JsonNumbers.text(least) + " or more");
  }

  /**
   * {@return the duration in this field, as {@link #duration(String, Duration)}, at most this long}
   * Both limits are allowed.
   */
  public Optional<Duration> duration(String name, Duration least, Duration most) {
    return duration(
        name, least, most, "%s to %s".formatted(JsonNumbers.text(least), JsonNumbers.text(most)));
  }

  private Optional<Duration> duration(String name, Duration least, Duration most, String range) {
    return read(
        name,
        value ->
            JsonNumbers.duration(value)
                .filter(duration -> duration.compareTo(least) >= 0)
                .filter(duration -> duration.compareTo(most) <= 0),
        "seconds such as \"1.5s\" with at most nine decimals, " + range);
  }

  /**
   * {@return the choices in the list of this field, none if it is absent} Protobuf writes an enum
   * constant by its name, and reads it by its name or number.
   *
   * @param known finds a choice by its name, or by its number in decimal digits
   * @param expected the list of choices, for messages
   */
  public <T> List<T> choices(String name, Function<String, Optional<T>> known, String expected) {
    return list(name).stream()
        .map(e -> text(e).flatMap(known).orElseThrow(() -> invalid(name, e, expected)))
        .toList();
  }

  private static Optional<String> text(Object value) {
    return value instanceof String text
        ? Optional.of(text)
        : cast(BigDecimal.class, value).map(JsonText::of);
  }

  /** {@return the object in this field} */
  public Optional<JsonObject> object(String name) {
    return read(name, value -> object(path(name), value), "an object");
  }

  /** {@return the objects in the list of this field, none if it is absent} */
  public List<JsonObject> objects(String name) {
    var objects = new ArrayList<JsonObject>();
    for (Object element : list(name)) {
      String at = "%s[%d]".formatted(path(name), objects.size());
      objects.add(
          object(at, element).orElseThrow(() -> invalid(name, element, "a list of objects")));
    }
    return objects;
  }

  private static Optional<JsonObject> object(String path, Object value) {
    return value instanceof Map<?, ?> map
        ? Optional.of(new JsonObject(path, fields(map)))
        : Optional.empty();
  }

  @SuppressWarnings("unchecked") // every map in an object was made by copy
  private static Map<String, Object> fields(Map<?, ?> copied) {
    return (Map<String, Object>) copied;
  }

  private List<?> list(String name) {
    return read(
            name,
            value -> value instanceof List<?> list ? Optional.of(list) : Optional.empty(),
            "a list")
        .orElse(List.of());
  }

  private <T> Optional<T> read(String name, Function<Object, Optional<T>> type, String expected) {
    return Optional.ofNullable(fields.get(name))
        .map(value -> type.apply(value).orElseThrow(() -> invalid(name, expected)));
  }

  private static <T> Optional<T> cast(Class<T> type, Object value) {
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  /**
   * {@return the exception for a field that breaks a rule of yours; throw it}
   *
   * @param expected the values that are allowed, as in {@code "a whole number, 1 to 100"}
   */
  public InvalidField invalid(String name, String expected) {
    var value = fields.get(name);
    return value == null
        ? new InvalidField(path(name), "absent", expected)
        : invalid(name, value, expected);
  }

  /**
   * {@return as {@link #invalid(String, String)}, for a part of the field}
   *
   * @param found the part that is bad, such as an element of a list
   */
  public InvalidField invalid(String name, Object found, String expected) {
    return new InvalidField(path(name), Excerpt.of(JsonText.of(copy(found))), expected);
  }

  /** {@return whether the fields are equal; the objects' paths do not count} */
  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject object && fields.equals(object.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** {@return the JSON} */
  @Override
  public String toString() {
    return JsonText.of(fields);
  }
}
