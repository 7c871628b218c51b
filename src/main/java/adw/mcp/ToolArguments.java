package adw.mcp;

import adw.json.Json;
import java.util.ArrayList;
import java.util.List;

/// The arguments that a tool takes, put together one by one into a JSON Schema.
public record ToolArguments(Json.Obj properties, List<String> required) {
  public static final ToolArguments NONE = new ToolArguments(Json.Obj.empty(), List.of());

  public ToolArguments {
    required = List.copyOf(required);
  }

  /// A text that must be given.
  public ToolArguments with(String name, String about) {
    var more = new ArrayList<>(required);
    more.add(name);
    return new ToolArguments(described(name, "string", about), more);
  }

  /// A text that may be left out.
  public ToolArguments withOptional(String name, String about) {
    return new ToolArguments(described(name, "string", about), required);
  }

  /// An object that may be left out.
  public ToolArguments withObject(String name, String about) {
    return new ToolArguments(described(name, "object", about), required);
  }

  private Json.Obj described(String name, String type, String about) {
    return properties.with(name, Json.Obj.empty().with("type", type).with("description", about));
  }

  public Json.Obj schema() {
    return Json.Obj.empty()
        .with("type", "object")
        .with("properties", properties)
        .with("required", Json.Arr.ofTexts(required))
        .with("additionalProperties", false);
  }
}
