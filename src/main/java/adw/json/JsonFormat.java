package adw.json;

import adw.run.RunException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Between text and tree.
final class JsonFormat {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonFormat() {}

  static Json parse(String text) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      var value = read(parser);
      if (parser.nextToken() != null) {
        throw new RunException("more than one JSON value");
      }
      return value;
    } catch (JacksonException e) {
      var at = e.getLocation();
      var place = at == null ? "" : at.getLineNr() + ":" + at.getColumnNr() + ": ";
      throw new RunException(place + "no JSON: " + e.getOriginalMessage(), e);
    } catch (NumberFormatException e) {
      throw new RunException("no JSON: a number too large or too small", e);
    }
  }

  private static Json read(JsonParser parser) {
    var token = parser.currentToken();
    if (token == null) {
      throw new RunException("no JSON: empty text");
    }
    return switch (token) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> new Json.Str(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Json.Num.parse(parser.getString());
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      default -> new Json.Null();
    };
  }

  private static Json.Obj readObject(JsonParser parser) {
    var members = new LinkedHashMap<String, Json>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      members.put(name, read(parser));
    }
    return new Json.Obj(members);
  }

  private static Json.Arr readArray(JsonParser parser) {
    var items = new ArrayList<Json>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser));
    }
    return new Json.Arr(items);
  }

  static String line(Json value) {
    return write(value, ObjectWriteContext.empty());
  }

  static String indented(Json value) {
    return write(value, new Indented());
  }

  private static String write(Json value, ObjectWriteContext context) {
    var out = new StringWriter();
    try (var generator = FACTORY.createGenerator(context, out)) {
      value.give(new Generated(generator));
    }
    return out.toString();
  }

  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter();
    }
  }

  private record Generated(JsonGenerator out) implements Json.Sink {
    @Override
    public void object(SequencedMap<String, Json> members) {
      out.writeStartObject();
      members.forEach((name, member) -> {
        out.writeName(name);
        member.give(this);
      });
      out.writeEndObject();
    }

    @Override
    public void list(List<Json> items) {
      out.writeStartArray();
      items.forEach(item -> item.give(this));
      out.writeEndArray();
    }

    @Override
    public void text(String text) {
      out.writeString(text);
    }

    @Override
    public void plain(String word) {
      out.writeRawValue(word);
    }
  }
}
