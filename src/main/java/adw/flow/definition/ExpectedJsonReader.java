package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.Json;
import adw.text.NearestName;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads `expect`: each word in it that the validator would pass over in silence is a finding.
final class ExpectedJsonReader {
  private static final Set<String> SCHEMAS_BY_NAME =
      Set.of("properties", "patternProperties", "$defs", "dependentSchemas");
  private static final Set<String> SCHEMA_LISTS = Set.of("anyOf", "allOf", "oneOf", "prefixItems");
  private static final Set<String> ONE_SCHEMA =
      Set.of(
          "items",
          "additionalProperties",
          "propertyNames",
          "contains",
          "not",
          "if",
          "then",
          "else",
          "unevaluatedItems",
          "unevaluatedProperties");

  /// `format` is not among them: as the standard has it, it asserts nothing.
  private static final Set<String> KEYWORDS =
      Stream.of(
              SCHEMAS_BY_NAME,
              SCHEMA_LISTS,
              ONE_SCHEMA,
              Set.of("type", "enum", "const", "required", "dependentRequired", "$ref"),
              Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
              Set.of("minLength", "maxLength", "pattern"),
              Set.of("minItems", "maxItems", "uniqueItems", "minContains", "maxContains"),
              Set.of("minProperties", "maxProperties"),
              Set.of("title", "description", "$schema", "$comment", "examples", "default"))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");

  private final ObjectReader phase;
  private final JsonNode root;

  private ExpectedJsonReader(ObjectReader phase, JsonNode root) {
    this.phase = phase;
    this.root = root;
  }

  static Optional<ExpectedJson> read(ObjectReader phase, JsonNode node) {
    if (!(node.value() instanceof Json.Obj schema)) {
      return Optional.empty();
    }
    new ExpectedJsonReader(phase, node).check(node);
    return Optional.of(new ExpectedJson(schema));
  }

  private void check(JsonNode node) {
    if (!node.isObject()) {
      add(Rule.TYPE, node, "has " + node.kind() + " where a schema must stand", "");
      return;
    }
    types(node).filter(type -> !TYPES.contains(type)).forEach(type -> unknownType(node, type));
    node.members().forEach(this::checkKeyword);
    texts(node, "$ref").forEach(reference -> checkReference(node, reference));
    Stream.concat(texts(node, "pattern"), names(node, "patternProperties"))
        .forEach(pattern -> checkPattern(node, pattern));
  }

  private void unknownType(JsonNode node, String type) {
    add(Rule.VALUE, node, "does not know the type '" + type + "'", NearestName.hint(type, TYPES));
  }

  private void checkKeyword(String key, JsonNode value) {
    if (!KEYWORDS.contains(key)) {
      var hint = NearestName.hint(key, KEYWORDS);
      add(Rule.UNKNOWN_KEY, value, "does not know the keyword '" + key + "'", hint);
    } else if (SCHEMAS_BY_NAME.contains(key)) {
      value.members().values().forEach(this::checkInner);
    } else if (SCHEMA_LISTS.contains(key)) {
      value.items().forEach(this::checkInner);
    } else if (ONE_SCHEMA.contains(key)) {
      checkInner(value);
    }
  }

  /// `true` and `false` are schemas too, but not for a whole answer.
  private void checkInner(JsonNode node) {
    if (!(node.value() instanceof Json.Bool)) {
      check(node);
    }
  }

  private void checkReference(JsonNode node, String reference) {
    var isHere =
        (reference.equals("#") || reference.startsWith("#/"))
            && JsonValues.walk(root.value(), SchemaValidator.parts(reference.substring(1)), 0)
                .isPresent();
    if (!isHere) {
      add(
          Rule.VALUE,
          node,
          "refers to '" + reference + "', which is not in it",
          "write the schema under \"$defs\" and refer to it as \"#/$defs/NAME\"");
    }
  }

  private void checkPattern(JsonNode node, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      add(
          Rule.VALUE,
          node,
          "has a pattern that is no regular expression: '" + pattern + "'",
          e.getDescription());
    }
  }

  private void add(Rule rule, JsonNode node, String what, String cure) {
    phase.add(rule, node.line(), "'expect' " + what, cure);
  }

  private static Stream<String> types(JsonNode node) {
    return Stream.concat(
        texts(node, "type"),
        node.find("type").stream()
            .flatMap(type -> type.items().stream())
            .flatMap(item -> item.asText().stream()));
  }

  private static Stream<String> texts(JsonNode node, String key) {
    return node.find(key).flatMap(JsonNode::asText).stream();
  }

  private static Stream<String> names(JsonNode node, String key) {
    return node.find(key).stream().flatMap(all -> all.members().keySet().stream());
  }
}
