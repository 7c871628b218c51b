package adw.json;

import java.util.List;
import java.util.Optional;

/// Finds the JSON in what an agent said: the whole text, its first fence, or from the first bracket
/// to the last one that closes it.
public final class JsonInText {
  private static final List<String> LIST_KEYS =
      List.of("items", "results", "list", "data", "findings");

  private JsonInText() {}

  public static Optional<Json> find(String text) {
    var trimmed = text.strip();
    return strict(trimmed).or(() -> fence(trimmed)).or(() -> brackets(trimmed));
  }

  private static Optional<Json> strict(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(text));
    } catch (JsonException _) {
      return Optional.empty();
    }
  }

  private static Optional<Json> fence(String text) {
    var open = text.indexOf("```");
    if (open < 0) {
      return Optional.empty();
    }
    var start = open + 3;
    var body = text.startsWith("json", start) ? start + 4 : start;
    var close = text.indexOf("```", body);
    return close < 0 ? Optional.empty() : strict(text.substring(body, close).strip());
  }

  private static Optional<Json> brackets(String text) {
    var list = text.indexOf('[');
    var object = text.indexOf('{');
    if (list < 0 && object < 0) {
      return Optional.empty();
    }
    var isList = object < 0 || (list >= 0 && list < object);
    var open = isList ? list : object;
    var close = text.lastIndexOf(isList ? ']' : '}');
    return close > open ? strict(text.substring(open, close + 1)) : Optional.empty();
  }

  /// What a map runs over: a list, or an object around one under a customary name.
  public static Optional<List<Json>> items(Json value) {
    return switch (value) {
      case Json.Arr(var items) -> Optional.of(items);
      case Json.Obj object ->
          LIST_KEYS.stream()
              .map(object::find)
              .flatMap(Optional::stream)
              .filter(Json.Arr.class::isInstance)
              .findFirst()
              .map(list -> ((Json.Arr) list).items());
      case Json.Str(var text) ->
          find(text).filter(v -> !(v instanceof Json.Str)).flatMap(JsonInText::items);
      case Json.Num _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }
}
