package adw.flow.definition;

import adw.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/// What JSON values mean inside a flow: their text in a prompt, their truth, their order.
public final class JsonValues {
  private static final Set<String> FALSE_WORDS = Set.of("", "false", "0", "no", "off", "null");

  private JsonValues() {}

  /// The text that replaces a placeholder: strings as they are, null as nothing, the rest as JSON.
  public static String text(Json value) {
    return switch (value) {
      case Json.Str(var text) -> text;
      case Json.Null() -> "";
      case Json.Num number -> number(number.value());
      case Json.Bool(var flag) -> Boolean.toString(flag);
      case Json.Obj _, Json.Arr _ -> pretty(value, "");
    };
  }

  /// As JavaScript would write it, the shortest way.
  public static String number(double number) {
    return number(BigDecimal.valueOf(number));
  }

  /// 1.50 is 1.5 and 1e3 is 1000; only very large and very small ones keep an exponent.
  public static String number(BigDecimal number) {
    var plain = number.stripTrailingZeros();
    var digitsBeforePoint = (long) plain.precision() - plain.scale();
    return digitsBeforePoint > 21 || digitsBeforePoint < -5
        ? plain.toString().replace("E", "e")
        : plain.toPlainString();
  }

  private static String pretty(Json value, String indent) {
    var deeper = indent + "  ";
    return switch (value) {
      case Json.Obj(var members) when members.isEmpty() -> "{}";
      case Json.Arr(var items) when items.isEmpty() -> "[]";
      case Json.Obj(var members) ->
          members.entrySet().stream()
              .map(e ->
                  deeper + new Json.Str(e.getKey()).write() + ": " + pretty(e.getValue(), deeper))
              .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
      case Json.Arr(var items) ->
          items.stream()
              .map(item -> deeper + pretty(item, deeper))
              .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
      case Json.Num number -> number(number.value());
      case Json.Str _, Json.Bool _, Json.Null _ -> value.write();
    };
  }

  static boolean isTrue(Json value) {
    return switch (value) {
      case Json.Null() -> false;
      case Json.Bool(var flag) -> flag;
      case Json.Num number -> number.value().signum() != 0;
      case Json.Str(var text) -> !FALSE_WORDS.contains(text.strip().toLowerCase(Locale.ROOT));
      case Json.Arr(var items) -> !items.isEmpty();
      case Json.Obj(var members) -> !members.isEmpty();
    };
  }

  /// Numbers by size when both are numbers or read as one, everything else by its text.
  static int compare(Json left, Json right) {
    var a = number(left);
    var b = number(right);
    return a.isPresent() && b.isPresent()
        ? Double.compare(a.getAsDouble() + 0.0, b.getAsDouble() + 0.0)
        : comparable(left).compareTo(comparable(right));
  }

  private static OptionalDouble number(Json value) {
    return switch (value) {
      case Json.Num number -> OptionalDouble.of(number.doubleValue());
      case Json.Str(var text) -> parseNumber(text.strip());
      case Json.Bool _, Json.Null _, Json.Arr _, Json.Obj _ -> OptionalDouble.empty();
    };
  }

  /// Decimal numbers as JSON and people write them (`05`, `1e3`, `.5`), and Infinity; no
  /// hexadecimal.
  public static OptionalDouble parseNumber(String text) {
    var unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (unsigned.equals("Infinity")) {
      return OptionalDouble.of(Double.parseDouble(text));
    }
    var isDecimal =
        !unsigned.isEmpty()
            && unsigned.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0);
    try {
      return isDecimal ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }

  private static String comparable(Json value) {
    return switch (value) {
      case Json.Arr(var items) ->
          items.stream().map(JsonValues::comparable).collect(Collectors.joining(","));
      case Json.Obj _ -> value.write();
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> text(value);
    };
  }

  /// Follows member names, indexes and `length` from `from` on; a dead end is absent.
  static Optional<Json> walk(Json value, List<String> path, int from) {
    var here = Optional.of(value);
    for (var i = from; i < path.size() && here.isPresent(); i++) {
      here = step(here.get(), path.get(i));
    }
    return here;
  }

  private static Optional<Json> step(Json value, String name) {
    return switch (value) {
      case Json.Obj(var members) -> Optional.ofNullable(members.get(name));
      case Json.Arr(var items) when name.equals("length") -> Optional.of(Json.Num.of(items.size()));
      case Json.Arr(var items) -> index(name, items.size()).map(items::get);
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  private static Optional<Integer> index(String name, int size) {
    var isIndex =
        !name.isEmpty() && name.length() < 10 && name.chars().allMatch(Character::isDigit);
    return isIndex
        ? Optional.of(Integer.parseInt(name)).filter(index -> index < size)
        : Optional.empty();
  }
}
