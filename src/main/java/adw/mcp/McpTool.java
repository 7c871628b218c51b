package adw.mcp;

import adw.json.Json;
import java.io.IOException;
import java.util.Optional;

/// Something an agent may ask for.
///
/// @param parameters a JSON Schema of its arguments
public record McpTool(
    String name, String description, Json.Obj parameters, Kind kind, Action action) {

  public enum Kind {
    /// Changes nothing.
    LOOKS,
    /// Changes something, and is done at once.
    ACTS,
    /// May take hours; other requests are served meanwhile, and it can be cancelled.
    WORKS
  }

  /// Does it.
  public interface Action {
    Said call(Json.Obj arguments) throws IOException, InterruptedException;
  }

  /// What came of it, in words or JSON.
  public record Said(String text, boolean isError) {
    Json.Obj toJson() {
      var content = Json.Obj.empty().with("type", "text").with("text", text);
      var result =
          Json.Obj.empty()
              .with("content", new Json.Arr(java.util.List.of(content)))
              .with("isError", isError);
      return structured().map(value -> result.with("structuredContent", value)).orElse(result);
    }

    private Optional<Json> structured() {
      try {
        return text.startsWith("{") ? Optional.of(Json.parseObject(text)) : Optional.empty();
      } catch (adw.json.JsonException _) {
        return Optional.empty(); // words that happen to begin with a brace
      }
    }
  }

  /// Why it cannot be called with these arguments.
  Optional<String> findFault(Json.Obj arguments) {
    var known = parameters.findObject("properties").orElse(Json.Obj.empty());
    for (var wanted : parameters.texts("required")) {
      if (arguments.find(wanted).isEmpty()) {
        return Optional.of(name + ": '" + wanted + "' is missing");
      }
    }
    for (var argument : arguments.members().entrySet()) {
      var type = known.findObject(argument.getKey()).flatMap(one -> one.findText("type"));
      if (type.isEmpty()) {
        return Optional.of(
            name
                + ": there is no argument '"
                + argument.getKey()
                + "' (there are: "
                + String.join(", ", known.members().keySet())
                + ")");
      }
      if (!fits(argument.getValue(), type.get())) {
        return Optional.of(name + ": '" + argument.getKey() + "' must be of type " + type.get());
      }
    }
    return Optional.empty();
  }

  private static boolean fits(Json value, String type) {
    return type.equals("object") ? value instanceof Json.Obj : value instanceof Json.Str;
  }

  Json toJson() {
    return Json.Obj.empty()
        .with("name", name)
        .with("description", description)
        .with("inputSchema", parameters)
        .with("annotations", Json.Obj.empty().with("readOnlyHint", kind == Kind.LOOKS));
  }
}
