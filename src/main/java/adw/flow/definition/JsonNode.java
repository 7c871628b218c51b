package adw.flow.definition;

import adw.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// A JSON value with the line it stands on, so that a finding can say where.
///
/// @param line 1-based; 0 for a value that was never a text
/// @param twice member names that occur more than once; the last one counts
public record JsonNode(
    int line,
    Json value,
    SequencedMap<String, JsonNode> members,
    List<JsonNode> items,
    List<String> twice) {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  /// Reads JSON in which comments and trailing commas may stand.
  ///
  /// @throws FlowException `LINE: what` where the text is no JSON
  static JsonNode parse(String text) {
    var plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), plain)) {
      if (parser.nextToken() == null) {
        throw FlowException.at(1, "the file is empty");
      }
      var node = read(parser, line(parser));
      if (parser.nextToken() != null) {
        throw FlowException.at(line(parser), "more follows after the flow's last brace");
      }
      return node;
    } catch (JacksonException e) {
      var at = e.getLocation();
      var column = at == null ? "" : " (column " + at.getColumnNr() + ")";
      throw FlowException.at(at == null ? 1 : at.getLineNr(), message(e) + column, e);
    }
  }

  private static String message(JacksonException e) {
    var message = e.getOriginalMessage();
    return "no JSON: " + (message == null ? "unreadable" : message.lines().findFirst().orElse(""));
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private static JsonNode read(JsonParser parser, int line) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser, line);
      case START_ARRAY -> readArray(parser, line);
      case VALUE_STRING -> leaf(line, new Json.Str(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> leaf(line, number(parser, line));
      case VALUE_TRUE -> leaf(line, new Json.Bool(true));
      case VALUE_FALSE -> leaf(line, new Json.Bool(false));
      default -> leaf(line, new Json.Null());
    };
  }

  private static Json.Num number(JsonParser parser, int line) {
    try {
      return Json.Num.of(parser.getDecimalValue());
    } catch (NumberFormatException e) {
      throw FlowException.at(line, "a number too large or too small: " + parser.getString(), e);
    }
  }

  private static JsonNode leaf(int line, Json value) {
    return new JsonNode(line, value, new LinkedHashMap<>(), List.of(), List.of());
  }

  private static JsonNode readObject(JsonParser parser, int line) {
    var members = new LinkedHashMap<String, JsonNode>();
    var twice = new ArrayList<String>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      var at = line(parser);
      parser.nextToken();
      if (members.put(name, read(parser, at)) != null) {
        twice.add(name);
      }
    }
    return object(line, members, twice);
  }

  private static JsonNode object(
      int line, SequencedMap<String, JsonNode> members, List<String> twice) {
    var values = new LinkedHashMap<String, Json>();
    members.forEach((name, node) -> values.put(name, node.value()));
    return new JsonNode(line, new Json.Obj(values), members, List.of(), twice);
  }

  private static JsonNode readArray(JsonParser parser, int line) {
    var items = new ArrayList<JsonNode>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser, line(parser)));
    }
    return array(line, items);
  }

  private static JsonNode array(int line, List<JsonNode> items) {
    var values = items.stream().map(JsonNode::value).toList();
    return new JsonNode(
        line, new Json.Arr(values), new LinkedHashMap<>(), List.copyOf(items), List.of());
  }

  /// A value that was never written in a file.
  public static JsonNode of(Json value) {
    return switch (value) {
      case Json.Obj(var values) -> {
        var members = new LinkedHashMap<String, JsonNode>();
        values.forEach((name, member) -> members.put(name, of(member)));
        yield object(0, members, List.of());
      }
      case Json.Arr(var items) -> array(0, items.stream().map(JsonNode::of).toList());
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> leaf(0, value);
    };
  }

  /// An object of our own making that points at the lines of what it was made from.
  public static JsonNode object(int line, SequencedMap<String, JsonNode> members) {
    return object(line, members, List.of());
  }

  static JsonNode list(int line, List<JsonNode> items) {
    return array(line, items);
  }

  public static JsonNode text(int line, String text) {
    return leaf(line, new Json.Str(text));
  }

  static JsonNode flag(int line, boolean flag) {
    return leaf(line, new Json.Bool(flag));
  }

  boolean isObject() {
    return value instanceof Json.Obj;
  }

  public boolean isArray() {
    return value instanceof Json.Arr;
  }

  /// A member that is there and not null.
  public Optional<JsonNode> find(String name) {
    return Optional.ofNullable(members.get(name))
        .filter(node -> !(node.value() instanceof Json.Null));
  }

  public Optional<String> asText() {
    return value instanceof Json.Str(var text) ? Optional.of(text) : Optional.empty();
  }

  /// `text`, `number`, … for messages.
  String kind() {
    return switch (value) {
      case Json.Obj _ -> "an object";
      case Json.Arr _ -> "a list";
      case Json.Str _ -> "a text";
      case Json.Num _ -> "a number";
      case Json.Bool _ -> "true or false";
      case Json.Null _ -> "null";
    };
  }
}
