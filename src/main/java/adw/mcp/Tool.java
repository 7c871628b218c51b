package adw.mcp;

import adw.run.Json;
import java.io.IOException;
import java.util.ArrayList;

/// Something an agent may ask for.
///
/// @param parameters a JSON Schema of its arguments
public record Tool(String name, String description, Json.Obj parameters, Action action) {

  /// Does it.
  public interface Action {
    Said call(Json.Obj arguments) throws IOException, InterruptedException;
  }

  /// What came of it, in words or JSON.
  public record Said(String text, boolean isError) {}

  /// A schema whose arguments are texts; one that ends with `?` may be left out.
  public static Json.Obj texts(String... names) {
    var properties = Json.Obj.empty();
    var required = new ArrayList<String>();
    for (var name : names) {
      var isOptional = name.endsWith("?");
      var plain = isOptional ? name.substring(0, name.length() - 1) : name;
      properties = properties.with(plain, Json.Obj.empty().with("type", "string"));
      if (!isOptional) {
        required.add(plain);
      }
    }
    return Json.Obj.empty()
        .with("type", "object")
        .with("properties", properties)
        .with("required", Json.Arr.ofTexts(required));
  }

  Json toJson() {
    return Json.Obj.empty()
        .with("name", name)
        .with("description", description)
        .with("inputSchema", parameters);
  }
}
