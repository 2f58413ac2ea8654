package grpc.kernel.serviceconfig;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object with typed, checked access to its fields. Absent and {@code null} are the same.
 *
 * @param path where in the document it stands, for messages
 * @param fields its fields: String, Double, Boolean, List or Map
 */
record Json(String path, Map<String, Object> fields) {
  /**
   * Parses a document whose root is an object.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static Json parse(String text) {
    try {
      var reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      if (JsonParser.parseReader(reader) instanceof JsonObject object) {
        return new Json("", map(object));
      }
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("a JSON value (expected: a JSON object)");
  }

  <T> Optional<T> field(String name, Class<T> type) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw bad(name, value, "a " + type.getSimpleName());
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

  @SuppressWarnings("unchecked") // every map here was made by map(JsonObject)
  static Json object(String path, Object fields) {
    return new Json(path, (Map<String, Object>) fields);
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
