package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What the JSON of a phase must look like: a part of JSON Schema, and nothing silently left out.
public record ExpectedJson(Json.Obj schema) {
  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "properties",
          "required",
          "items",
          "enum",
          "const",
          "additionalProperties",
          "anyOf",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "title",
          "description",
          "$schema",
          "examples",
          "default");
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");

  /// The schema, with a finding for every keyword that would not be looked at.
  static Optional<ExpectedJson> of(ObjectReader shape, JsonNode node) {
    check(shape, node);
    return node.value() instanceof Json.Obj schema
        ? Optional.of(new ExpectedJson(schema))
        : Optional.empty();
  }

  private static void check(ObjectReader shape, JsonNode node) {
    if (node.value() instanceof Json.Bool) {
      return;
    }
    if (!node.isObject()) {
      shape.add(
          Rule.TYPE, node.line(), "'expect' has " + node.kind() + " where a schema must stand", "");
      return;
    }
    node.members()
        .forEach((key, value) -> {
          if (!KEYWORDS.contains(key)) {
            shape.add(
                Rule.UNKNOWN_KEY,
                value.line(),
                "'expect' does not know the keyword '" + key + "'",
                NearestWord.hint(key, KEYWORDS));
          }
        });
    types(node)
        .filter(type -> !TYPES.contains(type))
        .forEach(type ->
            shape.add(
                Rule.VALUE,
                node.line(),
                "'expect' does not know the type '" + type + "'",
                NearestWord.hint(type, TYPES)));
    node.find("properties")
        .ifPresent(all -> all.members().values().forEach(one -> check(shape, one)));
    node.find("anyOf").ifPresent(all -> all.items().forEach(one -> check(shape, one)));
    node.find("items").ifPresent(one -> check(shape, one));
    node.find("additionalProperties").ifPresent(one -> check(shape, one));
  }

  private static java.util.stream.Stream<String> types(JsonNode node) {
    return node.find("type").stream()
        .flatMap(type ->
            java.util.stream.Stream.concat(
                type.asText().stream(), type.items().stream().flatMap(i -> i.asText().stream())));
  }

  /// The texts that the value at that path can be, where an enum says so.
  Optional<List<String>> values(List<String> path) {
    var at = Optional.of(schema);
    for (var name : path) {
      at = at.flatMap(one -> one.findObject("properties")).flatMap(all -> all.findObject(name));
    }
    return at.filter(one -> one.find("enum").isPresent())
        .map(one -> one.list("enum").stream().map(JsonValues::text).toList());
  }

  /// The first thing that does not fit: `severity: one of high, low expected, not "urgent"`.
  public Optional<String> problem(Json value) {
    return problem(schema, value, "");
  }

  private static Optional<String> problem(Json schema, Json value, String at) {
    if (!(schema instanceof Json.Obj object)) {
      return schema.equals(new Json.Bool(false)) ? wrong(at, "nothing", value) : Optional.empty();
    }
    return type(object, value, at)
        .or(() -> allowed(object, value, at))
        .or(() -> bounds(object, value, at))
        .or(() -> members(object, value, at))
        .or(() -> items(object, value, at));
  }

  private static Optional<String> type(Json.Obj schema, Json value, String at) {
    var type = schema.find("type").orElse(new Json.Null());
    var names = type instanceof Json.Str(var name) ? List.of(name) : schema.texts("type");
    return names.isEmpty() || names.stream().anyMatch(name -> isType(name, value))
        ? Optional.empty()
        : wrong(at, String.join(" or ", names), value);
  }

  private static boolean isType(String name, Json value) {
    return switch (value) {
      case Json.Obj _ -> name.equals("object");
      case Json.Arr _ -> name.equals("array");
      case Json.Str _ -> name.equals("string");
      case Json.Bool _ -> name.equals("boolean");
      case Json.Null _ -> name.equals("null");
      case Json.Num number ->
          name.equals("number") || (name.equals("integer") && isWhole(number.value()));
    };
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  private static Optional<String> allowed(Json.Obj schema, Json value, String at) {
    var choices = new ArrayList<>(schema.list("enum"));
    schema.find("const").ifPresent(choices::add);
    if (!choices.isEmpty() && choices.stream().noneMatch(choice -> same(choice, value))) {
      var words = choices.stream().map(JsonValues::text).toList();
      return wrong(at, "one of " + String.join(", ", words), value);
    }
    var any = schema.list("anyOf");
    var fitsOne = any.isEmpty() || any.stream().anyMatch(one -> problem(one, value, at).isEmpty());
    return fitsOne ? Optional.empty() : wrong(at, "one of " + any.size() + " shapes", value);
  }

  private static boolean same(Json a, Json b) {
    return (a instanceof Json.Num x && b instanceof Json.Num y)
        ? x.value().compareTo(y.value()) == 0
        : a.equals(b);
  }

  private static Optional<String> bounds(Json.Obj schema, Json value, String at) {
    return switch (value) {
      case Json.Num number ->
          range(schema, "minimum", "maximum", number.doubleValue(), at, "", value);
      case Json.Str(var text) ->
          range(
              schema,
              "minLength",
              "maxLength",
              text.codePointCount(0, text.length()),
              at,
              " characters",
              value);
      case Json.Arr(var items) ->
          range(schema, "minItems", "maxItems", items.size(), at, " items", value);
      case Json.Obj _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  private static Optional<String> range(
      Json.Obj schema, String least, String most, double size, String at, String unit, Json value) {
    return bound(schema, least, low -> size >= low)
        .map(low -> "at least " + low)
        .or(() -> bound(schema, most, high -> size <= high).map(high -> "at most " + high))
        .flatMap(limit -> wrong(at, limit + unit, value));
  }

  private static Optional<String> bound(Json.Obj schema, String key, Predicate<Double> holds) {
    return schema
        .findDouble(key)
        .filter(holds.negate())
        .map(limit -> JsonValues.number(BigDecimal.valueOf(limit)));
  }

  private static Optional<String> members(Json.Obj schema, Json value, String at) {
    if (!(value instanceof Json.Obj object)) {
      return Optional.empty();
    }
    for (var name : schema.texts("required")) {
      if (!object.members().containsKey(name)) {
        return Optional.of(place(at) + "'" + name + "' is missing");
      }
    }
    var known = schema.findObject("properties").orElse(Json.Obj.empty());
    var others = schema.find("additionalProperties").orElse(new Json.Bool(true));
    for (var member : object.members().entrySet()) {
      var rule = known.find(member.getKey()).orElse(others);
      var wrong =
          problem(
              rule, member.getValue(), at.isEmpty() ? member.getKey() : at + "." + member.getKey());
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> items(Json.Obj schema, Json value, String at) {
    var rule = schema.find("items");
    if (rule.isPresent() && value instanceof Json.Arr(var items)) {
      for (var i = 0; i < items.size(); i++) {
        var wrong = problem(rule.get(), items.get(i), at + "[" + i + "]");
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> wrong(String at, String expected, Json value) {
    var text = value.write();
    return Optional.of(
        place(at)
            + expected
            + " expected, not "
            + (text.length() > 60 ? text.substring(0, 60) + "…" : text));
  }

  private static String place(String at) {
    return at.isEmpty() ? "" : at + ": ";
  }
}
