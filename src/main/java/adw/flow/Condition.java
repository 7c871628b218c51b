package adw.flow;

import adw.run.Json;
import java.util.List;
import java.util.Optional;

/// A `when`, `until` or `eval` expression. One that cannot be read holds (it never stops a flow by
/// accident) and says what is wrong with it.
record Condition(String text, Optional<Expression> expression, Optional<String> problem) {
  sealed interface Expression {}

  record Constant(Json value) implements Expression {}

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
    return expression.map(Condition::references).orElse(List.of());
  }

  private static List<Template.Reference> references(Expression expression) {
    return switch (expression) {
      case Constant _ -> List.of();
      case Lookup(var reference) -> List.of(reference);
      case Not(var inner) -> references(inner);
      case Compare(_, var left, var right) -> both(left, right);
      case All(var left, var right) -> both(left, right);
      case Any(var left, var right) -> both(left, right);
    };
  }

  private static List<Template.Reference> both(Expression left, Expression right) {
    var all = new java.util.ArrayList<>(references(left));
    all.addAll(references(right));
    return all;
  }

  /// An empty or unreadable condition holds.
  boolean holds(Scope scope) {
    return expression.map(e -> Values.isTrue(value(e, scope))).orElse(true);
  }

  private static Json value(Expression expression, Scope scope) {
    return switch (expression) {
      case Constant(var value) -> value;
      case Lookup(var reference) -> scope.find(reference).orElse(new Json.Null());
      case Not(var inner) -> new Json.Bool(!Values.isTrue(value(inner, scope)));
      case Compare(var operator, var left, var right) ->
          new Json.Bool(compare(operator, Values.compare(value(left, scope), value(right, scope))));
      case All(var left, var right) ->
          new Json.Bool(Values.isTrue(value(left, scope)) && Values.isTrue(value(right, scope)));
      case Any(var left, var right) ->
          new Json.Bool(Values.isTrue(value(left, scope)) || Values.isTrue(value(right, scope)));
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
