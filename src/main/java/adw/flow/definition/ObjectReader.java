package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.Json;
import adw.text.Durations;
import adw.text.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// An object of the definition being read: each wrong key or value becomes a finding, and reading
/// goes on as if it were not there.
final class ObjectReader {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final JsonNode node;
  private final Map<String, FlowLanguageKey> table;
  private final Optional<String> phase;
  private final List<FlowFinding> findings;

  ObjectReader(
      JsonNode node,
      Map<String, FlowLanguageKey> table,
      Optional<String> phase,
      List<FlowFinding> findings) {
    this.node = node;
    this.table = table;
    this.phase = phase;
    this.findings = findings;
  }

  /// Unknown keys, keys given twice and values of the wrong kind.
  void check(String what) {
    for (var twice : node.twice()) {
      add(Rule.SHAPE, node.line(), "'" + twice + "' is given twice", "keep one of them");
    }
    node.members()
        .forEach((key, value) -> {
          var field = table.get(key);
          if (field == null) {
            add(
                Rule.UNKNOWN_KEY,
                value.line(),
                "unknown key '" + key + "' in " + what,
                NearestName.hint(key, table.keySet()));
          } else if (!(value.value() instanceof Json.Null) && !fits(field.kind(), value)) {
            add(
                Rule.TYPE,
                value.line(),
                "'" + key + "' must be " + name(field.kind()) + ", not " + value.kind(),
                "");
          }
        });
  }

  private static boolean fits(FlowLanguageKey.Kind kind, JsonNode value) {
    return switch (kind) {
      case TEXT -> value.value() instanceof Json.Str;
      case TEXTS ->
          value.isArray() && value.items().stream().allMatch(i -> i.value() instanceof Json.Str);
      case NUMBER -> value.value() instanceof Json.Num;
      case FLAG -> value.value() instanceof Json.Bool;
      case OBJECT -> value.isObject();
      case BRANCHES -> value.isArray();
      case TEXT_OR_ARRAY -> value.value() instanceof Json.Str || value.isArray();
      case ANYTHING -> true;
    };
  }

  private static String name(FlowLanguageKey.Kind kind) {
    return switch (kind) {
      case TEXT -> "a text";
      case TEXTS -> "a list of texts";
      case NUMBER -> "a number";
      case FLAG -> "true or false";
      case OBJECT -> "an object";
      case BRANCHES -> "a list";
      case TEXT_OR_ARRAY -> "a text or a list";
      case ANYTHING -> "anything";
    };
  }

  int line(String key) {
    return node.find(key).map(JsonNode::line).orElse(node.line());
  }

  Optional<JsonNode> find(String key) {
    return node.find(key);
  }

  Optional<String> text(String key) {
    return node.find(key).flatMap(JsonNode::asText);
  }

  /// A text that is there and not blank.
  Optional<String> words(String key) {
    return text(key).filter(text -> !text.isBlank());
  }

  boolean flag(String key, boolean otherwise) {
    return node.find(key)
        .map(n -> n.value() instanceof Json.Bool(var flag) ? flag : otherwise)
        .orElse(otherwise);
  }

  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    node.find(key)
        .ifPresent(list -> list.items().forEach(item -> item.asText().ifPresent(texts::add)));
    return texts;
  }

  OptionalDouble number(String key) {
    return node.find(key).map(JsonNode::value).orElse(new Json.Null()) instanceof Json.Num number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  OptionalDouble number(String key, double least, double most) {
    var number = number(key);
    if (number.isPresent() && !(number.getAsDouble() >= least && number.getAsDouble() <= most)) {
      var range =
          most == Double.MAX_VALUE
              ? "at least " + plain(least)
              : plain(least) + " to " + plain(most);
      add(
          Rule.VALUE,
          line(key),
          "'" + key + "' is " + plain(number.getAsDouble()),
          "it must be " + range);
      return OptionalDouble.empty();
    }
    return number;
  }

  private static String plain(double number) {
    return JsonValues.number(java.math.BigDecimal.valueOf(number));
  }

  /// One of the words that the table allows.
  String word(String key, String otherwise) {
    var allowed = java.util.Objects.requireNonNull(table.get(key)).oneOf();
    var given = text(key);
    if (given.isPresent() && !allowed.contains(given.get())) {
      add(
          Rule.VALUE,
          line(key),
          "'" + key + "' is '" + given.get() + "'",
          "it must be one of " + String.join(", ", allowed));
      return otherwise;
    }
    return given.orElse(otherwise);
  }

  Optional<Duration> time(String key) {
    var text = text(key);
    var time =
        text.map(String::strip)
            .flatMap(Durations::findDurationOrMillis)
            .filter(ObjectReader::isTime);
    if (text.isPresent() && time.isEmpty()) {
      add(
          Rule.VALUE,
          line(key),
          "'" + key + "' is '" + text.get() + "'",
          "write for example 30s, 10m, 6h or 7d");
    }
    return time;
  }

  private static boolean isTime(Duration time) {
    return time.isPositive() && time.compareTo(LONGEST) < 0;
  }

  ObjectReader inner(JsonNode child, Map<String, FlowLanguageKey> childTable) {
    return new ObjectReader(child, childTable, phase, findings);
  }

  void add(Rule rule, int line, String what, String cure) {
    findings.add(new FlowFinding(rule, Optional.empty(), line, phase, what, cure));
  }

  void add(Rule rule, String key, String what, String cure) {
    add(rule, line(key), what, cure);
  }
}
