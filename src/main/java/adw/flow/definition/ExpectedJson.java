package adw.flow.definition;

import adw.json.Json;
import adw.json.JsonInText;
import java.util.List;
import java.util.Optional;

/// What the JSON of a phase must look like: a JSON Schema of draft 2020-12. The words that it may
/// use are those of `ExpectedJsonReader`.
public record ExpectedJson(Json.Obj schema) {
  /// The texts that the value at that path can be, where an enum says so.
  Optional<List<String>> values(List<String> path) {
    var at = Optional.of(schema);
    for (var name : path) {
      at = at.flatMap(one -> one.findObject("properties")).flatMap(all -> all.findObject(name));
    }
    return at.filter(one -> one.find("enum").isPresent())
        .map(one -> one.list("enum").stream().map(JsonValues::text).toList());
  }

  /// What is wrong with the schema itself, with the place before it.
  Optional<String> mistake() {
    return SchemaValidator.mistake(schema);
  }

  /// The first thing that does not fit: `severity: one of high, low expected, not "urgent"`.
  Optional<String> problem(Json value) {
    return SchemaValidator.problem(schema, value);
  }

  /// The same of the JSON in what a phase has put out.
  public Optional<String> problemIn(String output) {
    var json = JsonInText.find(output);
    return json.isEmpty() ? Optional.of("there is no JSON in it") : problem(json.get());
  }
}
