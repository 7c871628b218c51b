package adw.run;

import java.util.List;
import java.util.SequencedMap;

/// Writes a value on one line, or indented for people.
final class JsonWriter implements Json.Sink {
  private static final String HEX = "0123456789ABCDEF";

  private final StringBuilder out = new StringBuilder();
  private final boolean isIndented;
  private int depth;

  private JsonWriter(boolean isIndented) {
    this.isIndented = isIndented;
  }

  static String line(Json value) {
    return written(value, new JsonWriter(false));
  }

  static String indented(Json value) {
    return written(value, new JsonWriter(true));
  }

  private static String written(Json value, JsonWriter writer) {
    value.give(writer);
    return writer.out.toString();
  }

  @Override
  public void object(SequencedMap<String, Json> members) {
    out.append('{');
    depth++;
    var separator = "";
    for (var member : members.entrySet()) {
      out.append(separator);
      separator = ",";
      startLine();
      text(member.getKey());
      out.append(isIndented ? " : " : ":");
      member.getValue().give(this);
    }
    depth--;
    if (members.isEmpty()) {
      out.append(isIndented ? " " : "");
    } else {
      startLine();
    }
    out.append('}');
  }

  private void startLine() {
    if (isIndented) {
      out.append('\n').repeat("  ", depth);
    }
  }

  /// Items stay on their line.
  @Override
  public void list(List<Json> items) {
    var blank = isIndented ? " " : "";
    out.append('[').append(blank);
    var separator = "";
    for (var item : items) {
      out.append(separator);
      separator = "," + blank;
      item.give(this);
    }
    out.append(items.isEmpty() ? "" : blank).append(']');
  }

  @Override
  public void text(String text) {
    out.append('"');
    var from = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(text, from, i);
        escape(c);
        from = i + 1;
      }
    }
    out.append(text, from, text.length()).append('"');
  }

  private void escape(char c) {
    out.append('\\');
    switch (c) {
      case '"', '\\' -> out.append(c);
      case '\b' -> out.append('b');
      case '\f' -> out.append('f');
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      default -> out.append("u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
    }
  }

  /// A number, or one of the words true, false and null.
  @Override
  public void plain(String word) {
    out.append(word);
  }
}
