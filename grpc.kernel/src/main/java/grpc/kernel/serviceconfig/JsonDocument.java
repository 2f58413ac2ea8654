package grpc.kernel.serviceconfig;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import grpc.spi.config.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Parses the text of a service config. */
final class JsonDocument {
  private static final Pattern PLACE = Pattern.compile(" at line \\d+ column \\d+ path \\S+");

  private JsonDocument() {}

  /**
   * Parses a document with an object as its root.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static JsonObject parse(String text) {
    try {
      var reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      var root = JsonParser.parseReader(reader);
      var _ = reader.peek(); // a strict reader throws if anything follows
      if (root instanceof com.google.gson.JsonObject object) {
        return JsonObject.of(map(object));
      }
    } catch (JsonParseException | IOException e) {
      throw new IllegalArgumentException("not JSON: malformed" + place(e), e);
    }
    throw new IllegalArgumentException("a JSON value (expected: a JSON object)");
  }

  /** The place that gson names, without its advice to be lenient. */
  private static String place(Exception e) {
    var place = PLACE.matcher(String.valueOf(e.getMessage()));
    return place.find() ? place.group() : "";
  }

  private static Map<String, Object> map(com.google.gson.JsonObject object) {
    var map = new LinkedHashMap<String, Object>();
    for (var entry : object.entrySet()) {
      if (!entry.getValue().isJsonNull()) {
        map.put(entry.getKey(), value(entry.getValue()));
      }
    }
    return map;
  }

  private static List<Object> list(JsonArray array) {
    return array.asList().stream()
        .filter(element -> !element.isJsonNull())
        .map(JsonDocument::value)
        .toList();
  }

  private static Object value(JsonElement element) {
    return switch (element) {
      case com.google.gson.JsonObject object -> map(object);
      case JsonArray array -> list(array);
      case JsonPrimitive p when p.isBoolean() -> p.getAsBoolean();
      case JsonPrimitive p when p.isNumber() -> p.getAsNumber();
      default -> element.getAsString();
    };
  }
}
