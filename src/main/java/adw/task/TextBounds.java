package adw.task;

/// What of a task line is text: offsets in the line behind the text and of the blank before ` // `
/// (-1: no tail).
record TextBounds(int text, int tail, TaskSettings settings) {
  private static final String TAIL = " // ";

  // line's ink: text [blanks settings] [" // " tail]
  static TextBounds of(SourceText source, int start, TaskLine at, TailJudge tails) {
    var text = source.text;
    var slash = text.indexOf('/', start + at.close() + 1, start + at.textEnd());
    var tail = slash >= 0 ? tailStart(source, start, at, tails) : -1;
    var from = start + at.textStart();
    var end = tail < 0 ? start + at.textEnd() : text.trimmed(from, tail);
    var brace = braceStart(text, from, end);
    var settings = brace < 0 ? TaskSettings.NONE : SettingsParser.parse(source.decoded(brace, end));
    var textEnd = settings.isEmpty() ? end : text.trimmed(from, brace);
    return new TextBounds(textEnd - start, tail < 0 ? -1 : tail - start, settings);
  }

  /// The blank behind the bracket may be the first of " // ".
  private static int tailStart(SourceText source, int start, TaskLine at, TailJudge tails) {
    var text = source.text;
    var end = start + at.textEnd();
    for (var i = end - TAIL.length() - 1; i >= start + at.close() + 1; i--) {
      if (text.charAt(i + 1) == '/' && text.startsWith(TAIL, i)) {
        var before = source.decoded(start + at.textStart(), i);
        var tail = source.decoded(i + TAIL.length(), end);
        return tails.isTail(at.mark(), before, tail) ? i : -1;
      }
    }
    return -1;
  }

  /// The last `{` when a `}` ends the text and a blank, or nothing, stands before it.
  private static int braceStart(ByteText text, int start, int end) {
    if (end <= start || text.charAt(end - 1) != '}') {
      return -1;
    }
    var brace = end - 2;
    while (brace >= start && text.charAt(brace) != '{') {
      brace--;
    }
    var isWord = brace == start || (brace > start && text.blankBefore(start, brace) > 0);
    return isWord ? brace : -1;
  }
}
