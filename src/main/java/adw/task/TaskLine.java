package adw.task;

import java.util.Optional;

/// What one task line says, its offsets counted from its start: the same wherever the line stands.
record TaskLine(int indent, int open, int close, Mark mark, int textStart, int textEnd) {
  private static final int MAX_DIGITS = 9;

  // task: [indent] [bullet] "[" marker "]" blank text
  static Optional<TaskLine> read(Source source, int line) {
    var text = source.text;
    var start = source.start(line);
    var end = source.end(line);
    var ink = source.firstInk(line);
    var open = skipBlanks(text, skipBullet(text, ink, end), end);
    if (open == end || text.charAt(open) != '[') {
      return Optional.empty();
    }
    var close = text.indexOf(']', open, end);
    if (close < 0 || close + 1 == end || !Latin1.isBlank(text.charAt(close + 1))) {
      return Optional.empty();
    }
    var mark = Marker.read(text.substring(open + 1, close));
    var textStart = skipBlanks(text, close + 1, end);
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
            trim(text, textStart, end) - start));
  }

  /// Whether the task nests in nothing above it, however that is indented.
  boolean isOutermost() {
    return indent < Outline.NESTED;
  }

  // bullet: "-" | "*" | "+" | digits ("." | ")"), then a blank
  static int skipBullet(Text text, int from, int end) {
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
    return at < end && Latin1.isBlank(text.charAt(at)) ? at : from;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static int skipBlanks(Text text, int from, int end) {
    var at = from;
    while (at < end && Latin1.isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  static int trim(Text text, int start, int end) {
    var at = end;
    while (at > start && Latin1.isBlank(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}
