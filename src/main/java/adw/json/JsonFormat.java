package adw.json;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private static final int REPLACEMENT = 0xFFFD;

  private JsonFormat() {}

  static Json parse(String text) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      var value = read(parser);
      if (parser.nextToken() != null) {
        throw new JsonException("more than one JSON value");
      }
      return value;
    } catch (JacksonException e) {
      var at = e.getLocation();
      var place = at == null ? "" : at.getLineNr() + ":" + at.getColumnNr() + ": ";
      throw new JsonException(place + "no JSON: " + e.getOriginalMessage(), e);
    } catch (NumberFormatException e) {
      throw new JsonException("no JSON: a number too large or too small", e);
    }
  }

  private static Json read(JsonParser parser) {
    var token = parser.currentToken();
    if (token == null) {
      throw new JsonException("no JSON: empty text");
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

  static String page(Json.Obj object) {
    var out = new StringWriter();
    try (var generator = FACTORY.createGenerator(new Indented(), out)) {
      generator.writeStartObject();
      object
          .members()
          .forEach((name, value) -> {
            generator.writeName(whole(name));
            generator.writeRawValue(line(value));
          });
      generator.writeEndObject();
    }
    return out.append('\n').toString();
  }

  private static String write(Json value, ObjectWriteContext context) {
    var out = new StringWriter();
    try (var generator = FACTORY.createGenerator(context, out)) {
      write(value, generator);
    }
    return out.toString();
  }

  // Not a switch: what starts a flow comes through here, and the JDK links a switch over types anew
  // in each process, which takes it 20 ms.
  private static void write(Json value, JsonGenerator out) {
    if (value instanceof Json.Obj object) {
      writeObject(object, out);
    } else if (value instanceof Json.Arr array) {
      writeArray(array, out);
    } else if (value instanceof Json.Str string) {
      out.writeString(whole(string.text()));
    } else if (value instanceof Json.Num number) {
      out.writeRawValue(number.digits());
    } else if (value instanceof Json.Bool bool) {
      out.writeBoolean(bool.value());
    } else {
      out.writeNull();
    }
  }

  private static void writeObject(Json.Obj object, JsonGenerator out) {
    out.writeStartObject();
    for (var member : object.members().entrySet()) {
      out.writeName(whole(member.getKey()));
      write(member.getValue(), out);
    }
    out.writeEndObject();
  }

  private static void writeArray(Json.Arr array, JsonGenerator out) {
    out.writeStartArray();
    for (var item : array.items()) {
      write(item, out);
    }
    out.writeEndArray();
  }

  /// Half a pair is no character: a reader would refuse the whole line.
  private static String whole(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        var points = text.codePoints().map(point -> isHalf(point) ? REPLACEMENT : point).toArray();
        return new String(points, 0, points.length);
      }
    }
    return text;
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
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
}
