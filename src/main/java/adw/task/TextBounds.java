package adw.task;

/// Where, on a task line, the text ends and settings and tail begin.
final class TextBounds {
  private static final String TAIL = " // ";

  private TextBounds() {}

  // line's ink: text [blanks settings] [" // " tail]
  static Task.Bounds of(Source source, TaskLine at, Tails tails) {
    var tail = tailStart(source, at, tails);
    var text = source.text;
    var behind = tail < 0 ? at.textEnd() : TaskLine.trim(text, at.textStart(), tail);
    var brace = braceStart(text, at.textStart(), behind);
    if (brace < 0 || Braces.parse(source.decoded(brace, behind)).isEmpty()) {
      return new Task.Bounds(behind, behind, tail);
    }
    return new Task.Bounds(TaskLine.trim(text, at.textStart(), brace), behind, tail);
  }

  static Settings settings(Source source, Task.Bounds bounds) {
    var text = source.text;
    return bounds.text() == bounds.settings()
        ? Settings.NONE
        : Braces.parse(
                source.decoded(
                    text.indexOf('{', bounds.text(), bounds.settings()), bounds.settings()))
            .orElse(Settings.NONE);
  }

  private static int tailStart(Source source, TaskLine at, Tails tails) {
    var text = source.text;
    // The blank behind the bracket may be the first of " // ".
    for (var i = at.textEnd() - TAIL.length() - 1; i >= at.close() + 1; i--) {
      if (text.charAt(i + 1) == '/' && text.startsWith(TAIL, i)) {
        var before = source.decoded(at.textStart(), i);
        var tail = source.decoded(i + TAIL.length(), at.textEnd());
        return tails.isTail(at.mark(), before, tail) ? i : -1;
      }
    }
    return -1;
  }

  /// The last `{` when a `}` ends the text and a blank, or nothing, stands before it.
  private static int braceStart(String text, int start, int end) {
    if (end <= start || text.charAt(end - 1) != '}') {
      return -1;
    }
    for (var i = end - 2; i >= start; i--) {
      if (text.charAt(i) == '{') {
        return i == start || Latin1.isBlank(text.charAt(i - 1)) ? i : -1;
      }
    }
    return -1;
  }
}
