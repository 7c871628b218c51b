package adw.flow.definition;

import adw.json.Json;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.ValidatorFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds JSON against a [JSON Schema](https://json-schema.org/draft/2020-12), in words for people
/// and agents. Only this class and its `SchemaValueNode` name the library, so that it is loaded
/// where a phase says `expect` and nowhere else.
final class SchemaValidator {
  private static final int SHOWN = 60;

  /// They weigh several schemas: what did not fit in one of these says less than they do.
  private static final Set<String> WEIGHING = Set.of("anyOf", "oneOf", "not", "contains", "if");

  private SchemaValidator() {}

  /// What is wrong with a schema itself.
  static Optional<String> mistake(Json.Obj schema) {
    try {
      factory().createValidator().registerSchema(schema);
      return Optional.empty();
    } catch (InvalidSchemaException e) {
      var first = first(e.getErrors());
      return Optional.of(place(schema, parts(first.getInstanceLocation())) + first.getError());
    } catch (JsonSchemaException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// The first thing in the value that does not fit.
  static Optional<String> problem(Json.Obj schema, Json value) {
    var result = factory().withDisabledSchemaValidation(true).validate(schema, value);
    return result.isValid()
        ? Optional.empty()
        : Optional.of(words(schema, value, first(result.getErrors())));
  }

  private static ValidatorFactory factory() {
    return new ValidatorFactory().withJsonNodeFactory(new SchemaValueNode.Factory());
  }

  /// The first that stands under no weighing keyword.
  private static Error first(List<Error> errors) {
    var weighing =
        errors.stream()
            .filter(error -> error.getKeyword() != null && WEIGHING.contains(error.getKeyword()))
            .map(error -> error.getEvaluationPath() + "/")
            .toList();
    return errors.stream()
        .filter(error -> weighing.stream().noneMatch(error.getEvaluationPath()::startsWith))
        .findFirst()
        .orElseThrow();
  }

  private static String words(Json.Obj schema, Json value, Error error) {
    var path = parts(error.getInstanceLocation());
    var found = JsonValues.walk(value, path, 0).orElse(value);
    var location = error.getSchemaLocation();
    var rule =
        JsonValues.walk(schema, parts(location.substring(location.indexOf('#') + 1)), 0)
            .orElse(schema);
    return place(value, path)
        + (rule instanceof Json.Obj object
            ? words(error, object, found)
            : "nothing" + instead(found));
  }

  /// Ours name what is expected; the library's are kept for the keywords that are rarely used.
  private static String words(Error error, Json.Obj rule, Json found) {
    var keyword = error.getKeyword();
    var wanted = rule.find(keyword).orElse(new Json.Null());
    return switch (keyword) {
      case "type" -> list(wanted, " or ") + instead(found);
      case "enum" -> "one of " + list(wanted, ", ") + instead(found);
      case "const" -> list(wanted, ", ") + instead(found);
      case "minimum" -> "at least " + JsonValues.text(wanted) + instead(found);
      case "maximum" -> "at most " + JsonValues.text(wanted) + instead(found);
      case "minLength" -> "at least " + JsonValues.text(wanted) + " characters" + instead(found);
      case "maxLength" -> "at most " + JsonValues.text(wanted) + " characters" + instead(found);
      case "minItems" -> "at least " + JsonValues.text(wanted) + " items" + instead(found);
      case "maxItems" -> "at most " + JsonValues.text(wanted) + " items" + instead(found);
      case "anyOf" -> "one of " + rule.list(keyword).size() + " shapes" + instead(found);
      case "required" -> missing(rule, found);
      default -> error.getError();
    };
  }

  private static String missing(Json.Obj rule, Json found) {
    return rule.texts("required").stream()
        .filter(name -> JsonValues.walk(found, List.of(name), 0).isEmpty())
        .findFirst()
        .map(name -> "'" + name + "' is missing")
        .orElse("something is missing");
  }

  private static String list(Json wanted, String between) {
    return wanted instanceof Json.Arr(var items)
        ? items.stream().map(JsonValues::text).collect(Collectors.joining(between))
        : JsonValues.text(wanted);
  }

  private static String instead(Json found) {
    var text = found.write();
    return " expected, not " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
  }

  /// `findings[2].severity: `, or nothing for the whole value.
  private static String place(Json root, List<String> path) {
    var place = new StringBuilder();
    for (var i = 0; i < path.size(); i++) {
      var isIndex = JsonValues.walk(root, path.subList(0, i), 0).orElse(root) instanceof Json.Arr;
      place.append(isIndex ? "[" + path.get(i) + "]" : (place.isEmpty() ? "" : ".") + path.get(i));
    }
    return place.isEmpty() ? "" : place + ": ";
  }

  /// The parts of a JSON pointer (RFC 6901).
  static List<String> parts(String pointer) {
    return pointer.isEmpty()
        ? List.of()
        : Arrays.stream(pointer.substring(1).split("/", -1))
            .map(part -> part.replace("~1", "/").replace("~0", "~"))
            .toList();
  }
}
