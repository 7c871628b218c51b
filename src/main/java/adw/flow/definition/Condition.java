package adw.flow.definition;

import adw.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A `when`, `until` or `eval` expression. One that cannot be read holds (it never stops a flow by
/// accident) and says what is wrong with it.
public record Condition(String text, Optional<Expression> expression, Optional<String> problem) {
  private static final Pattern UNBRACED =
      Pattern.compile(
          "(?:steps|args|loop)\\.[A-Za-z0-9_.-]+|previous\\.(?:output|json)[A-Za-z0-9_.-]*");

  sealed interface Expression {}

  record Constant(Json value) implements Expression {}

  /// A text without quotes.
  record Word(String text) implements Expression {}

  record Lookup(Template.Reference reference) implements Expression {}

  record Not(Expression inner) implements Expression {}

  record Compare(String operator, Expression left, Expression right) implements Expression {}

  record All(Expression left, Expression right) implements Expression {}

  record Any(Expression left, Expression right) implements Expression {}

  static Condition of(String text) {
    if (text.isBlank()) {
      return new Condition(text, Optional.empty(), Optional.empty());
    }
    try {
      return new Condition(text, Optional.of(new ConditionParser(text).parse()), Optional.empty());
    } catch (FlowException e) {
      return new Condition(text, Optional.empty(), Optional.ofNullable(e.getMessage()));
    }
  }

  List<Template.Reference> references() {
    return parts().stream()
        .flatMap(part -> part instanceof Lookup(var reference) ? Stream.of(reference) : null)
        .toList();
  }

  /// Words that look like references and are texts, since they stand in no braces.
  List<String> unbraced() {
    return parts().stream()
        .map(part -> part instanceof Word(var word) ? word : "")
        .filter(word -> UNBRACED.matcher(word).matches())
        .distinct()
        .toList();
  }

  /// A reference that is compared with a fixed value.
  record Comparison(Template.Reference reference, Json value) {}

  List<Comparison> comparisons() {
    var comparisons = new ArrayList<Comparison>();
    for (var part : parts()) {
      if (part instanceof Compare(var operator, var left, var right)
          && (operator.equals("==") || operator.equals("!="))) {
        comparison(left, right).ifPresent(comparisons::add);
        comparison(right, left).ifPresent(comparisons::add);
      }
    }
    return comparisons;
  }

  /// Whether it compares anything so.
  boolean compares(String operator) {
    return parts().stream()
        .anyMatch(part -> part instanceof Compare compare && compare.operator().equals(operator));
  }

  private static Optional<Comparison> comparison(Expression one, Expression other) {
    if (!(one instanceof Lookup(var reference))) {
      return Optional.empty();
    }
    return switch (other) {
      case Constant(var value) -> Optional.of(new Comparison(reference, value));
      case Word(var word) -> Optional.of(new Comparison(reference, new Json.Str(word)));
      case Lookup _, Not _, Compare _, All _, Any _ -> Optional.empty();
    };
  }

  private List<Expression> parts() {
    var parts = new ArrayList<Expression>();
    expression.ifPresent(whole -> collect(whole, parts));
    return parts;
  }

  private static void collect(Expression part, List<Expression> parts) {
    parts.add(part);
    switch (part) {
      case Constant _, Word _, Lookup _ -> {}
      case Not(var inner) -> collect(inner, parts);
      case Compare(_, var left, var right) -> collect(left, right, parts);
      case All(var left, var right) -> collect(left, right, parts);
      case Any(var left, var right) -> collect(left, right, parts);
    }
  }

  private static void collect(Expression left, Expression right, List<Expression> parts) {
    collect(left, parts);
    collect(right, parts);
  }

  /// An empty or unreadable condition holds.
  public boolean holds(TemplateScope scope) {
    return expression.map(e -> JsonValues.isTrue(value(e, scope))).orElse(true);
  }

  private static Json value(Expression expression, TemplateScope scope) {
    return switch (expression) {
      case Constant(var value) -> value;
      case Word(var word) -> new Json.Str(word);
      case Lookup(var reference) -> scope.find(reference).orElse(new Json.Null());
      case Not(var inner) -> new Json.Bool(!JsonValues.isTrue(value(inner, scope)));
      case Compare(var operator, var left, var right) ->
          new Json.Bool(
              compare(operator, JsonValues.compare(value(left, scope), value(right, scope))));
      case All(var left, var right) ->
          new Json.Bool(
              JsonValues.isTrue(value(left, scope)) && JsonValues.isTrue(value(right, scope)));
      case Any(var left, var right) ->
          new Json.Bool(
              JsonValues.isTrue(value(left, scope)) || JsonValues.isTrue(value(right, scope)));
    };
  }

  private static boolean compare(String operator, int order) {
    return switch (operator) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }
}
