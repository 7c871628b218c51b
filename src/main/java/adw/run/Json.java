package adw.run;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

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
              value instanceof Num(var number)
                  ? Optional.of(number.longValue())
                  : Optional.empty());
    }

    public Optional<Double> findDouble(String name) {
      return find(name)
          .flatMap(value ->
              value instanceof Num(var number)
                  ? Optional.of(number.doubleValue())
                  : Optional.empty());
    }

    public Optional<Obj> findObject(String name) {
      return find(name)
          .flatMap(value -> value instanceof Obj object ? Optional.of(object) : Optional.empty());
    }

    /// The text of a member that must be there.
    public String text(String name) {
      return findText(name)
          .orElseThrow(() -> new RunException("no text '" + name + "' in the record"));
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

  record Num(BigDecimal value) implements Json {
    public static Num of(long value) {
      return new Num(BigDecimal.valueOf(value));
    }

    /// A finite number; money and seconds.
    public static Num of(double value) {
      return new Num(BigDecimal.valueOf(value));
    }
  }

  record Bool(boolean value) implements Json {}

  record Null() implements Json {}

  /// Reads one value and nothing after it.
  ///
  /// @throws RunException naming line and column where the text is not JSON
  static Json parse(String text) {
    try (var parser = Format.FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      var value = Format.read(parser);
      if (parser.nextToken() != null) {
        throw new RunException("more than one JSON value");
      }
      return value;
    } catch (JacksonException e) {
      var at = e.getLocation();
      var place = at == null ? "" : at.getLineNr() + ":" + at.getColumnNr() + ": ";
      throw new RunException(place + "no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /// Reads an object; anything else is an error.
  static Obj parseObject(String text) {
    if (parse(text) instanceof Obj object) {
      return object;
    }
    throw new RunException("no JSON object");
  }

  /// On one line, without a line end.
  default String write() {
    return Format.write(this, false);
  }

  /// Indented by two blanks, for people.
  default String writePretty() {
    return Format.write(this, true);
  }

  /// Between text and tree; kept apart so that the interface reads as a grammar.
  final class Format {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Format() {}

    private static Json read(JsonParser parser) {
      var token = parser.currentToken();
      if (token == null) {
        throw new RunException("no JSON: empty text");
      }
      return switch (token) {
        case START_OBJECT -> readObject(parser);
        case START_ARRAY -> readArray(parser);
        case VALUE_STRING -> new Str(parser.getString());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getDecimalValue());
        case VALUE_TRUE -> new Bool(true);
        case VALUE_FALSE -> new Bool(false);
        default -> new Null();
      };
    }

    private static Obj readObject(JsonParser parser) {
      var members = new LinkedHashMap<String, Json>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        members.put(name, read(parser));
      }
      return new Obj(members);
    }

    private static Arr readArray(JsonParser parser) {
      var items = new ArrayList<Json>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(read(parser));
      }
      return new Arr(items);
    }

    private static String write(Json value, boolean pretty) {
      var out = new StringWriter();
      try (var generator = FACTORY.createGenerator(context(pretty), out)) {
        write(value, generator);
      }
      return out.toString();
    }

    private static ObjectWriteContext context(boolean pretty) {
      return pretty ? new Indented() : ObjectWriteContext.empty();
    }

    private static final class Indented extends ObjectWriteContext.Base {
      @Override
      public boolean hasPrettyPrinter() {
        return true;
      }

      @Override
      public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
        return new tools.jackson.core.util.DefaultPrettyPrinter();
      }
    }

    private static void write(Json value, JsonGenerator out) {
      switch (value) {
        case Obj(var members) -> writeObject(members, out);
        case Arr(var items) -> {
          out.writeStartArray();
          items.forEach(item -> write(item, out));
          out.writeEndArray();
        }
        case Str(var text) -> out.writeString(text);
        case Num(var number) -> out.writeNumber(number);
        case Bool(var flag) -> out.writeBoolean(flag);
        case Null() -> out.writeNull();
      }
    }

    private static void writeObject(Map<String, Json> members, JsonGenerator out) {
      out.writeStartObject();
      members.forEach((name, member) -> {
        out.writeName(name);
        write(member, out);
      });
      out.writeEndObject();
    }
  }
}
