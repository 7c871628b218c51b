package adw.task;

/// What of a task line is text: offsets behind the text, behind the settings, and of the blank
/// before ` // ` (-1: no tail).
record TextBounds(int text, int settingsEnd, int tail, Settings settings) {
  private static final String TAIL = " // ";

  // line's ink: text [blanks settings] [" // " tail]
  static TextBounds of(Source source, TaskLine at, Tails tails) {
    var text = source.text;
    var tail = tailStart(source, at, tails);
    var end = tail < 0 ? at.textEnd() : TaskLine.trim(text, at.textStart(), tail);
    var brace = braceStart(text, at.textStart(), end);
    var settings = brace < 0 ? Settings.NONE : Braces.parse(source.decoded(brace, end));
    return settings.isEmpty()
        ? new TextBounds(end, end, tail, settings)
        : new TextBounds(TaskLine.trim(text, at.textStart(), brace), end, tail, settings);
  }

  private static int tailStart(Source source, TaskLine at, Tails tails) {
    var text = source.text;
    if (text.indexOf(TAIL, at.close() + 1, at.textEnd()) < 0) {
      return -1;
    }
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
    var brace = end - 2;
    while (brace >= start && text.charAt(brace) != '{') {
      brace--;
    }
    var isWord = brace == start || (brace > start && Latin1.isBlank(text.charAt(brace - 1)));
    return isWord ? brace : -1;
  }
}
