package adw.task;

import java.util.Optional;

/// What one task line says, its offsets counted from its start: the same wherever the line stands.
public record TaskLine(int indent, int open, int close, Mark mark, int textStart, int textEnd) {
  /// A task line this many columns further in than another is nested in it.
  static final int NESTED = 2;

  private static final int MAX_DIGITS = 9;

  // task: [indent] [bullet] "[" marker "]" blank text
  public static Optional<TaskLine> read(SourceText source, int line) {
    var text = source.text;
    var start = source.start(line);
    var end = source.end(line);
    var ink = source.firstInk(line);
    var open = text.skipBlanks(skipBullet(text, ink, end), end);
    if (open == end || text.charAt(open) != '[') {
      return Optional.empty();
    }
    var close = text.indexOf(']', open, end);
    if (close < 0 || text.blankAt(close + 1, end) == 0) {
      return Optional.empty();
    }
    var mark = MarkParser.read(text.substring(open + 1, close));
    var textStart = text.skipBlanks(close + 1, end);
    if (mark.isEmpty() || (textStart == end && mark.get().id().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new TaskLine(
            source.column(line, ink),
            open - start,
            close - start,
            mark.get(),
            textStart - start,
            text.trimmed(textStart, end) - start));
  }

  // other box: [indent] [bullet] "[" sign "]" blank text     without a bullet: one of / > ~ ! ?
  /// Whether another program marks its own kind of task there: `- [/] half done`.
  static boolean isOtherBox(SourceText source, int line) {
    var text = source.text;
    var end = source.end(line);
    var ink = source.firstInk(line);
    var open = text.skipBlanks(skipBullet(text, ink, end), end);
    if (open + 3 >= end
        || text.charAt(open) != '['
        || text.charAt(open + 2) != ']'
        || text.blankAt(open + 3, end) == 0) {
      return false;
    }
    var sign = text.charAt(open + 1);
    var isSign = "/>~!?".indexOf(sign) >= 0 || (open > ink && sign > ' ' && sign < 127);
    return isSign && MarkParser.read(String.valueOf(sign)).isEmpty();
  }

  /// Whether the task nests in nothing above it, however that is indented.
  boolean isOutermost() {
    return indent < NESTED;
  }

  // bullet: "-" | "*" | "+" | digits ("." | ")"), then a blank
  static int skipBullet(ByteText text, int from, int end) {
    var at = from;
    if (at < end && "-*+".indexOf(text.charAt(at)) >= 0) {
      at++;
    } else {
      while (at < end && at - from <= MAX_DIGITS && isDigit(text.charAt(at))) {
        at++;
      }
      if (at == from || at - from > MAX_DIGITS || at == end || ".)".indexOf(text.charAt(at)) < 0) {
        return from;
      }
      at++;
    }
    return text.blankAt(at, end) > 0 ? at : from;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
