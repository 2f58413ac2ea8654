package grpc.kernel.serviceconfig;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON object with typed, checked access to its fields. Absent and {@code null} are the same.
 *
 * @param path where in the document it stands, for messages
 * @param fields its fields: String, Double, Boolean, List or Map
 */
record Json(String path, Map<String, Object> fields) {
  private static final Map<Class<?>, String> NAMES =
      Map.of(
          String.class, "a string",
          Double.class, "a number",
          Boolean.class, "true or false",
          List.class, "a list",
          Map.class, "an object");

  /** The JSON form of google.protobuf.Duration, not negative. */
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,9}))?s");

  private static final Pattern PLACE = Pattern.compile(" at line \\d+ column \\d+ path \\S+");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

  /**
   * Parses a document whose root is an object.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static Json parse(String text) {
    try {
      var reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      var root = JsonParser.parseReader(reader);
      var _ = reader.peek(); // where it is strict, it throws if anything follows
      if (root instanceof JsonObject object) {
        return new Json("", map(object));
      }
    } catch (JsonParseException | IOException e) {
      throw new IllegalArgumentException("not JSON: malformed" + place(e), e);
    }
    throw new IllegalArgumentException("a JSON value (expected: a JSON object)");
  }

  /** The place that gson tells, without its advice to be lenient. */
  private static String place(Exception e) {
    var place = PLACE.matcher(String.valueOf(e.getMessage()));
    return place.find() ? place.group() : "";
  }

  <T> Optional<T> field(String name, Class<T> type) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw bad(name, value, NAMES.getOrDefault(type, type.getSimpleName()));
    }
    return Optional.of(type.cast(value));
  }

  /** The objects in a list. */
  List<Json> objects(String name) {
    var objects = new ArrayList<Json>();
    for (Object element : field(name, List.class).orElse(List.of())) {
      if (!(element instanceof Map<?, ?>)) {
        throw bad(name, element, "objects");
      }
      objects.add(object(path(name) + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /** The object in a field. */
  Optional<Json> object(String name) {
    return field(name, Map.class).map(fields -> object(path(name), fields));
  }

  @SuppressWarnings("unchecked") // every map here was made by map(JsonObject)
  private static Json object(String path, Object fields) {
    return new Json(path, (Map<String, Object>) fields);
  }

  /** A time such as {@code "1.5s"}. */
  Optional<Duration> duration(String name) {
    return field(name, String.class)
        .map(text -> {
          var matcher = DURATION.matcher(text);
          if (!matcher.matches()) {
            throw bad(
                name,
                text,
                "seconds such as \"1.5s\", 0 or more, at most nine digits after the point");
          }
          String fraction = matcher.group(2) == null ? "" : matcher.group(2);
          String nanos = fraction + "0".repeat(9 - fraction.length());
          return Duration.ofSeconds(Long.parseLong(matcher.group(1)), Long.parseLong(nanos));
        });
  }

  /** A number of bytes, given as a number or, as 64-bit integers are in JSON, as a string. */
  Optional<Integer> bytes(String name) {
    Object value = fields.get(name);
    return switch (value) {
      case null -> Optional.empty();
      case Double number when number >= 0 && number == Math.rint(number) ->
          Optional.of(number.intValue()); // the greatest int where it is greater
      case String text when WHOLE.matcher(text).matches() ->
          Optional.of((int) Math.min(Long.parseLong(text), Integer.MAX_VALUE));
      default -> throw bad(name, value, "a whole number of bytes, 0 or more");
    };
  }

  /** A number that must be there. */
  double positive(String name) {
    double number = field(name, Double.class).orElseThrow(() -> bad(name, "absent", "a number"));
    if (!(number > 0) || Double.isInfinite(number)) {
      throw bad(name, number, "more than 0");
    }
    return number;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  IllegalArgumentException bad(String name, Object value, String expected) {
    return new IllegalArgumentException(
        "%s: %s (expected: %s)".formatted(path(name), value, expected));
  }

  private static Map<String, Object> map(JsonObject object) {
    var map = new LinkedHashMap<String, Object>();
    for (var entry : object.entrySet()) {
      if (!entry.getValue().isJsonNull()) {
        map.put(entry.getKey(), value(entry.getValue()));
      }
    }
    return map;
  }

  private static Object value(JsonElement element) {
    return switch (element) {
      case JsonObject object -> map(object);
      case JsonArray array ->
          array.asList().stream().filter(e -> !e.isJsonNull()).map(Json::value).toList();
      case JsonPrimitive p when p.isBoolean() -> p.getAsBoolean();
      case JsonPrimitive p when p.isNumber() -> p.getAsDouble();
      default -> element.getAsString();
    };
  }
}
