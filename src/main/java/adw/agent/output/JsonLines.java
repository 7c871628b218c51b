package adw.agent.output;

import adw.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads one JSON object a line. Lines that are none are passed over, and of the others only the
/// members that the dialect names are kept: the rest flows by, however long it is.
public final class JsonLines implements OutputReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  /// Of a line: characters of its strings, and 16 for each value. What comes after them is dropped.
  private static final int LINE_LIMIT = 4 * CappedText.LIMIT;

  private final EventDialect dialect;
  private final OutputDraft draft = new OutputDraft();
  private int kept;

  public JsonLines(EventDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public void read(InputStream out, Consumer<OutputSoFar> news) throws IOException {
    var lines = new LineStream(out);
    while (lines.next()) {
      if (lines.startsWith('{') && tryHear(lines)) {
        news.accept(draft.toHeard());
      }
    }
    dialect.close(draft);
    news.accept(draft.toHeard());
  }

  /// False for a line that is no JSON after all.
  private boolean tryHear(InputStream line) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      kept = 0;
      parser.nextToken();
      var event = readObject(parser, false);
      draft.spoke = true;
      dialect.hear(event, draft);
      return true;
    } catch (JacksonException | NumberFormatException _) { // the latter for 1e9999999999
      return false;
    }
  }

  /// @param whole whether every member is kept
  private Json.Obj readObject(JsonParser parser, boolean whole) {
    var members = new LinkedHashMap<String, Json>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      var open = whole || dialect.openMembers().contains(name);
      if (kept <= LINE_LIMIT && (open || dialect.members().contains(name))) {
        members.put(name, read(parser, open));
      } else {
        parser.skipChildren();
      }
    }
    return new Json.Obj(members);
  }

  private Json read(JsonParser parser, boolean whole) {
    kept += 16;
    var token = parser.currentToken();
    if (kept > LINE_LIMIT || token == null) {
      parser.skipChildren();
      return new Json.Null();
    }
    // No `case null`: that would be linked at each start, for 25 ms of the processor.
    return switch (token) {
      case START_OBJECT -> readObject(parser, whole);
      case START_ARRAY -> readArray(parser, whole);
      case VALUE_STRING -> readString(parser);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Json.Num.of(parser.getDecimalValue());
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      default -> new Json.Null();
    };
  }

  private Json.Str readString(JsonParser parser) {
    var text = parser.getString();
    kept += text.length();
    return new Json.Str(text);
  }

  private Json.Arr readArray(JsonParser parser, boolean whole) {
    var items = new ArrayList<Json>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      var item = read(parser, whole);
      if (kept <= LINE_LIMIT) {
        items.add(item);
      }
    }
    return new Json.Arr(items);
  }
}
