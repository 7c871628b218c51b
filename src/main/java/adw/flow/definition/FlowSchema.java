package adw.flow.definition;

import adw.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema of the language, made from the table that the check uses, so that editors
/// complete and check flows.
public final class FlowSchema {
  private FlowSchema() {}

  public static Json.Obj create() {
    return Json.Obj.empty()
        .with("$schema", "https://json-schema.org/draft/2020-12/schema")
        .with("title", "adw flow")
        .with("description", "A workflow declared as a graph of named phases")
        .with("type", "object")
        .with("properties", flow())
        .with("additionalProperties", false)
        .with(
            "anyOf",
            new Json.Arr(
                List.of(needs("name", "phases"), needs("task"), needs("tasks"), needs("chain"))))
        .with("$defs", Json.Obj.empty().with("phase", phase()).with("branch", branch()));
  }

  private static Json.Obj needs(String... keys) {
    return Json.Obj.empty().with("required", Json.Arr.ofTexts(List.of(keys)));
  }

  private static Json.Obj flow() {
    var properties = properties(FlowLanguageKey.FLOW);
    var step =
        Json.Obj.empty().with("anyOf", new Json.Arr(List.of(reference("branch"), type("string"))));
    return properties
        .with(
            "phases",
            list(reference("phase")).with("minItems", 1).with("maxItems", Flow.MOST_PHASES))
        .with("tasks", list(step))
        .with("chain", list(step))
        .with("budget", object(FlowLanguageKey.BUDGET))
        .with(
            "args", type("object").with("additionalProperties", object(FlowLanguageKey.ARGUMENT)));
  }

  private static Json.Obj phase() {
    var properties =
        properties(FlowLanguageKey.PHASE)
            .with(
                "retry",
                object(FlowLanguageKey.RETRY).with("required", Json.Arr.ofTexts(List.of("max"))))
            .with("cache", object(FlowLanguageKey.CACHE))
            .with(
                "branches",
                list(
                    Json.Obj.empty()
                        .with("anyOf", new Json.Arr(List.of(reference("branch"), type("string"))))))
            .with("maxIterations", type("number").with("minimum", 1).with("maximum", 100))
            .with("variants", type("number").with("minimum", 2).with("maximum", 20))
            .with("concurrency", type("number").with("minimum", 1))
            .with("def", Json.Obj.empty().with("description", about(FlowLanguageKey.PHASE, "def")));
    return closed(properties)
        .with("required", Json.Arr.ofTexts(List.of("id")))
        .with("allOf", requirements());
  }

  private static Json.Obj branch() {
    return closed(
        properties(FlowLanguageKey.BRANCH)
            .with("context", list(type("string")))
            .with("contextLimit", type("number")));
  }

  /// What each type needs.
  private static Json requirements() {
    return new Json.Arr(
        List.of(
            requires("map", "over"),
            requires("reduce", "from"),
            requires("parallel", "branches"),
            requires("loop", "until"),
            requires("script", "script")));
  }

  private static Json requires(String type, String key) {
    var is =
        Json.Obj.empty()
            .with(
                "properties", Json.Obj.empty().with("type", Json.Obj.empty().with("const", type)));
    return Json.Obj.empty()
        .with("if", is.with("required", Json.Arr.ofTexts(List.of("type"))))
        .with("then", needs(key));
  }

  private static String about(Map<String, FlowLanguageKey> table, String key) {
    var field = table.get(key);
    return field == null ? "" : field.about();
  }

  private static Json.Obj object(Map<String, FlowLanguageKey> table) {
    return closed(properties(table));
  }

  private static Json.Obj closed(Json.Obj properties) {
    return type("object").with("properties", properties).with("additionalProperties", false);
  }

  private static Json.Obj properties(Map<String, FlowLanguageKey> table) {
    var properties = new LinkedHashMap<String, Json>();
    table.forEach((key, field) -> properties.put(key, of(field)));
    return new Json.Obj(properties);
  }

  private static Json.Obj of(FlowLanguageKey field) {
    var schema =
        switch (field.kind()) {
          case TEXT -> type("string");
          case TEXTS -> list(type("string"));
          case NUMBER -> type("number");
          case FLAG -> type("boolean");
          case OBJECT -> type("object");
          case BRANCHES -> type("array");
          case TEXT_OR_ARRAY ->
              Json.Obj.empty().with("type", Json.Arr.ofTexts(List.of("string", "array")));
          case ANYTHING -> Json.Obj.empty();
        };
    var described = schema.with("description", field.about());
    return field.oneOf().isEmpty()
        ? described
        : described.with("enum", Json.Arr.ofTexts(field.oneOf()));
  }

  private static Json.Obj type(String name) {
    return Json.Obj.empty().with("type", name);
  }

  private static Json.Obj list(Json items) {
    return type("array").with("items", items);
  }

  private static Json.Obj reference(String name) {
    return Json.Obj.empty().with("$ref", "#/$defs/" + name);
  }
}
