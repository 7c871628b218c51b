package adw.flow;

import adw.run.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Writes the lines of a record. There is one for each phase, so this does without the set-up that
/// a general writer needs for each text.
final class CompactJson {
  private final StringBuilder out = new StringBuilder(256);

  private CompactJson() {}

  /// The value on one line, with its line end.
  static byte[] line(Json value) {
    var writer = new CompactJson();
    writer.write(value);
    return writer.out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(Json value) {
    switch (value) {
      case Json.Str(var text) -> quote(text);
      case Json.Num(var number) -> out.append(number);
      case Json.Bool(var flag) -> out.append(flag);
      case Json.Null() -> out.append("null");
      case Json.Arr(var items) -> {
        out.append('[');
        for (var i = 0; i < items.size(); i++) {
          out.append(i == 0 ? "" : ",");
          write(items.get(i));
        }
        out.append(']');
      }
      case Json.Obj(var members) -> {
        out.append('{');
        var first = true;
        for (var member : members.entrySet()) {
          out.append(first ? "" : ",");
          quote(member.getKey());
          out.append(':');
          write(member.getValue());
          first = false;
        }
        out.append('}');
      }
    }
  }

  private void quote(String text) {
    out.append('"');
    var done = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        out.append(text, done, i);
        escape(c, text, i);
        done = i + 1;
      }
    }
    out.append(text, done, text.length()).append('"');
  }

  private void escape(char c, String text, int at) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      default -> {
        if (c < ' ') {
          out.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
          out.append(isPaired(c, text, at) ? c : '\uFFFD');
        }
      }
    }
  }

  /// Half a pair is no character: a reader would refuse the whole line.
  private static boolean isPaired(char c, String text, int at) {
    return Character.isHighSurrogate(c)
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
