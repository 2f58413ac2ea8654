package grpc.resolver.dns;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import grpc.spi.failure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Chooses a service config among those in TXT records (A2): {@code grpc_config=} and a list of
 * choices. The first one that matches this client wins.
 *
 * @param hostname this machine's name; called only if a choice names hosts
 * @param draw this client's place in a staged rollout, 0 to 99; the same all its life
 */
record ConfigChooser(Supplier<String> hostname, int draw) {
  private static final String PREFIX = "grpc_config=";
  private static final String LANGUAGE = "java";

  ConfigChoice choose(Optional<List<String>> texts) {
    return texts.<ConfigChoice>map(this::choose).orElseGet(ConfigChoice.Unknown::new);
  }

  private ConfigChoice choose(List<String> texts) {
    try {
      for (JsonObject choice : choices(texts)) {
        if (accepts(choice)) {
          return new ConfigChoice.Chosen(config(choice));
        }
      }
      return new ConfigChoice.Chosen(Optional.empty());
    } catch (IllegalArgumentException e) {
      return new ConfigChoice.Malformed("TXT record with " + PREFIX + ": " + Reason.of(e));
    }
  }

  /** All choices are checked before one is chosen, so that every client sees the error. */
  private static List<JsonObject> choices(List<String> texts) {
    var choices = new ArrayList<JsonObject>();
    for (String text : texts) {
      if (text.startsWith(PREFIX)) {
        for (JsonElement element : list(text.substring(PREFIX.length()))) {
          if (!(element instanceof JsonObject choice)) {
            throw new IllegalArgumentException(element + " (expected: an object)");
          }
          choices.add(choice);
        }
      }
    }
    return choices;
  }

  private static JsonArray list(String json) {
    try {
      if (JsonParser.parseString(json) instanceof JsonArray array) {
        return array;
      }
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    throw new IllegalArgumentException("a JSON value (expected: a list of choices)");
  }

  private boolean accepts(JsonObject choice) {
    return names(choice, "clientLanguage", LANGUAGE::equalsIgnoreCase)
        && percentage(choice) > draw
        && names(choice, "clientHostname", name -> name.equals(hostname.get()));
  }

  /** {@return whether a list of names has a match; an absent or empty list matches every client} */
  private static boolean names(JsonObject choice, String field, Predicate<String> fits) {
    var value = choice.get(field);
    if (value == null || value.isJsonNull()) {
      return true;
    }
    if (!(value instanceof JsonArray names)
        || !names.asList().stream().allMatch(n -> n instanceof JsonPrimitive p && p.isString())) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: a list of strings)");
    }
    return names.isEmpty() || names.asList().stream().map(JsonElement::getAsString).anyMatch(fits);
  }

  private static int percentage(JsonObject choice) {
    var value = choice.get("percentage");
    if (value == null || value.isJsonNull()) {
      return 100;
    }
    if (value instanceof JsonPrimitive number && number.isNumber()) {
      double percentage = number.getAsDouble();
      if (percentage >= 0 && percentage <= 100 && percentage == Math.rint(percentage)) {
        return (int) percentage;
      }
    }
    throw new IllegalArgumentException(
        "percentage: " + value + " (expected: a whole number, 0 to 100)");
  }

  private static Optional<String> config(JsonObject choice) {
    var config = choice.get("serviceConfig");
    if (config instanceof JsonObject) {
      return Optional.of(config.toString());
    }
    throw new IllegalArgumentException("serviceConfig: " + config + " (expected: an object)");
  }
}
