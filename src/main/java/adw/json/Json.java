package adw.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A JSON value (RFC 8259) as a tree; the record of a run, its events and its requests are written
/// with it. Members keep their order, and members nobody knows are kept as they are.
public sealed interface Json {
  /// Members in their order.
  record Obj(SequencedMap<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    public static Obj empty() {
      return new Obj(new LinkedHashMap<>());
    }

    public Optional<Json> find(String name) {
      return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Null));
    }

    public Optional<String> findText(String name) {
      return find(name)
          .flatMap(value -> value instanceof Str(var text) ? Optional.of(text) : Optional.empty());
    }

    public Optional<Long> findLong(String name) {
      return find(name)
          .flatMap(value ->
              value instanceof Num number ? Optional.of(number.longValue()) : Optional.empty());
    }

    /// A time as it is written by us.
    public Optional<Instant> findInstant(String name) {
      return findText(name).flatMap(Obj::tryInstant);
    }

    private static Optional<Instant> tryInstant(String text) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    /// The time of a member that must be there.
    public Instant instant(String name) {
      var text = text(name);
      return tryInstant(text)
          .orElseThrow(() -> new JsonException("no time in '" + name + "': " + text));
    }

    public Optional<Double> findDouble(String name) {
      return find(name)
          .flatMap(value ->
              value instanceof Num number ? Optional.of(number.doubleValue()) : Optional.empty());
    }

    public Optional<Obj> findObject(String name) {
      return find(name)
          .flatMap(value -> value instanceof Obj object ? Optional.of(object) : Optional.empty());
    }

    /// The text of a member that must be there.
    public String text(String name) {
      return findText(name)
          .orElseThrow(() -> new JsonException("no text '" + name + "' in the record"));
    }

    public boolean isTrue(String name) {
      return find(name).equals(Optional.of(new Bool(true)));
    }

    /// The elements of an array member; empty when it is absent or no array.
    public List<Json> list(String name) {
      return find(name)
          .map(value -> value instanceof Arr(var items) ? items : List.<Json>of())
          .orElse(List.of());
    }

    public List<String> texts(String name) {
      return list(name).stream()
          .filter(Str.class::isInstance)
          .map(item -> ((Str) item).text())
          .toList();
    }

    /// This object with the member added or replaced in place.
    public Obj with(String name, Json value) {
      var changed = new LinkedHashMap<>(members);
      changed.put(name, value);
      return new Obj(changed);
    }

    public Obj with(String name, String value) {
      return with(name, new Str(value));
    }

    public Obj with(String name, long value) {
      return with(name, Num.of(value));
    }

    public Obj with(String name, boolean value) {
      return with(name, new Bool(value));
    }

    /// With the member if the value is there, unchanged if not.
    public Obj with(String name, Optional<String> value) {
      return value.map(text -> with(name, text)).orElse(this);
    }

    public Obj without(String name) {
      var changed = new LinkedHashMap<>(members);
      changed.remove(name);
      return new Obj(changed);
    }

    /// The members of both; the other's win.
    public Obj with(Obj other) {
      var changed = new LinkedHashMap<>(members);
      changed.putAll(other.members);
      return new Obj(changed);
    }
  }

  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }

    public static Arr ofTexts(List<String> texts) {
      return new Arr(texts.stream().<Json>map(Str::new).toList());
    }
  }

  record Str(String text) implements Json {}

  /// A number as it is written: a decimal is made of it where one is needed.
  record Num(String digits) implements Json {
    private static final int FITS_A_LONG = 18;
    private static final long BILLION = 1_000_000_000;

    /// Past that one addition takes as many digits, which can be millions.
    private static final long LARGEST_EXPONENT = 300;

    public static Num of(long value) {
      return new Num(Long.toString(value));
    }

    /// A finite number; money and seconds.
    public static Num of(double value) {
      if (!Double.isFinite(value)) {
        throw new NumberFormatException("no number: " + value);
      }
      var digits = Double.toString(value);
      return digits.indexOf('E') < 0 ? new Num(digits) : of(new BigDecimal(digits));
    }

    /// Money in billionths, without the dust that adding floating numbers leaves.
    public static Num ofDollars(double usd) {
      var exact = BigDecimal.valueOf(Math.round(usd * BILLION), 9).stripTrailingZeros();
      return new Num(exact.toPlainString());
    }

    /// @throws NumberFormatException for what is not to be calculated with: `1e999999`
    public static Num of(BigDecimal value) {
      if (Math.abs((long) value.scale()) > LARGEST_EXPONENT
          || !Double.isFinite(value.doubleValue())) {
        throw new NumberFormatException("no number to calculate with: " + value);
      }
      return new Num(value.toString());
    }

    /// @throws NumberFormatException like `of`
    static Num parse(String digits) {
      var hasExponent = digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0;
      return hasExponent || digits.length() > LARGEST_EXPONENT
          ? of(new BigDecimal(digits))
          : new Num(digits);
    }

    public BigDecimal value() {
      return new BigDecimal(digits);
    }

    public double doubleValue() {
      return Double.parseDouble(digits);
    }

    /// Without what is behind the point.
    public long longValue() {
      return digits.length() <= FITS_A_LONG && digits.indexOf('.') < 0 && digits.indexOf('E') < 0
          ? Long.parseLong(digits)
          : value().longValue();
    }
  }

  record Bool(boolean value) implements Json {}

  record Null() implements Json {}

  /// Reads one value and nothing after it.
  ///
  /// @throws JsonException naming line and column where the text is not JSON
  static Json parse(String text) {
    return JsonFormat.parse(text);
  }

  /// Reads an object; anything else is an error.
  static Obj parseObject(String text) {
    if (parse(text) instanceof Obj object) {
      return object;
    }
    throw new JsonException("no JSON object");
  }

  /// On one line, without a line end.
  default String write() {
    return JsonFormat.line(this);
  }

  /// One member a line, each value on its line; with a line end.
  static String writePage(Obj object) {
    return JsonFormat.page(object);
  }

  /// Indented by two blanks, for people.
  default String writePretty() {
    return JsonFormat.indented(this);
  }
}
