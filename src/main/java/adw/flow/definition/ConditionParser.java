package adw.flow.definition;

import adw.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads conditions:
///
///     or      := and ("||" and)*
///     and     := compare ("&&" compare)*
///     compare := unary [("==" | "!=" | "<" | "<=" | ">" | ">=") unary]
///     unary   := "!" unary | primary
///     primary := "(" or ")" | {path} | 'text' | "text" | number | true | false | null | word
final class ConditionParser {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
  private static final String ENDS_WORD = "&|!=<>()\"'{}";
  private static final List<String> OPERATORS =
      List.of("&&", "||", "==", "!=", ">=", "<=", ">", "<", "!", "(", ")");

  /// What was read: an operator, or a value that stands for itself.
  private sealed interface Token {}

  private record Operator(String text) implements Token {}

  private record Value(Condition.Expression expression, String text) implements Token {}

  private static final int DEEPEST = 200;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int next;
  private int depth;

  ConditionParser(String text) {
    this.text = text;
  }

  Condition.Expression parse() {
    for (var at = skipBlanks(0); at < text.length(); at = skipBlanks(at)) {
      at = readToken(at);
    }
    var expression = or();
    if (next < tokens.size()) {
      throw new FlowException("unexpected " + describe(tokens.get(next)));
    }
    return expression;
  }

  private int skipBlanks(int at) {
    var i = at;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private int readToken(int at) {
    var c = text.charAt(at);
    if (c == '{') {
      return readBraces(at);
    }
    if (c == '\'' || c == '"') {
      return readQuoted(at, c);
    }
    for (var operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        tokens.add(new Operator(operator));
        return at + operator.length();
      }
    }
    return readNumberOrWord(at);
  }

  private int readBraces(int at) {
    var close = text.indexOf('}', at);
    if (close < 0) {
      throw new FlowException("the brace at " + (at + 1) + " is not closed");
    }
    var reference = Template.inBraces(text.substring(at + 1, close));
    tokens.add(new Value(new Condition.Lookup(reference), reference.raw()));
    return close + 1;
  }

  private int readQuoted(int at, char quote) {
    var content = new StringBuilder();
    for (var i = at + 1; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == quote) {
        addConstant(new Json.Str(content.toString()), text.substring(at, i + 1));
        return i + 1;
      }
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
      }
      content.append(c);
    }
    throw new FlowException("the quote at " + (at + 1) + " is not closed");
  }

  private static Json number(String digits) {
    try {
      return Json.Num.of(new BigDecimal(digits));
    } catch (NumberFormatException e) {
      throw new FlowException("a number too large or too small: " + digits, e);
    }
  }

  private int readNumberOrWord(int at) {
    var number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt()) {
      addConstant(number(number.group()), number.group());
      return number.end();
    }
    var end = at;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && ENDS_WORD.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (end == at) {
      throw new FlowException("unexpected '" + text.charAt(at) + "'");
    }
    var word = text.substring(at, end);
    tokens.add(
        new Value(
            switch (word) {
              case "true" -> new Condition.Constant(new Json.Bool(true));
              case "false" -> new Condition.Constant(new Json.Bool(false));
              case "null" -> new Condition.Constant(new Json.Null());
              default -> new Condition.Word(word);
            },
            word));
    return end;
  }

  private void addConstant(Json value, String written) {
    tokens.add(new Value(new Condition.Constant(value), written));
  }

  private Condition.Expression or() {
    var left = and();
    while (tryTake("||")) {
      left = new Condition.Any(left, and());
    }
    return left;
  }

  private Condition.Expression and() {
    var left = compare();
    while (tryTake("&&")) {
      left = new Condition.All(left, compare());
    }
    return left;
  }

  private Condition.Expression compare() {
    var left = unary();
    for (var operator : List.of("==", "!=", ">=", "<=", ">", "<")) {
      if (tryTake(operator)) {
        return new Condition.Compare(operator, left, unary());
      }
    }
    return left;
  }

  private Condition.Expression unary() {
    if (++depth > DEEPEST) {
      throw new FlowException("nested more than " + DEEPEST + " deep");
    }
    var expression = tryTake("!") ? new Condition.Not(unary()) : primary();
    depth--;
    return expression;
  }

  private Condition.Expression primary() {
    if (tryTake("(")) {
      var inner = or();
      if (!tryTake(")")) {
        throw unexpected();
      }
      return inner;
    }
    if (next < tokens.size() && tokens.get(next) instanceof Value(var expression, _)) {
      next++;
      return expression;
    }
    throw unexpected();
  }

  private boolean tryTake(String operator) {
    if (next < tokens.size() && tokens.get(next).equals(new Operator(operator))) {
      next++;
      return true;
    }
    return false;
  }

  private FlowException unexpected() {
    return new FlowException(
        next < tokens.size() ? "unexpected " + describe(tokens.get(next)) : "unexpected end");
  }

  private static String describe(Token token) {
    return switch (token) {
      case Operator(var text) -> "'" + text + "'";
      case Value(_, var text) -> text.length() > 40 ? text.substring(0, 40) + "…" : text;
    };
  }
}
