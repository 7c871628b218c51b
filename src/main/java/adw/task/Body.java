package adw.task;

/// The lines below a task that belong to it.
final class Body {
  private Body() {}

  /// Decoded, with \n endings, without the indentation that all its lines share.
  static String of(Source source, int from, int to) {
    var shared = Integer.MAX_VALUE;
    for (var line = from; line < to; line++) {
      if (!source.isBlank(line)) {
        shared = Math.min(shared, source.firstInk(line) - source.start(line));
      }
    }
    var body = new StringBuilder();
    for (var line = from; line < to; line++) {
      var start = Math.min(source.start(line) + shared, source.end(line));
      body.append(source.isBlank(line) ? "" : source.decoded(start, source.end(line))).append('\n');
    }
    return withoutBlankLines(body);
  }

  private static String withoutBlankLines(CharSequence lines) {
    var text = lines.toString().stripTrailing();
    var start = 0;
    while (start < text.length() && text.charAt(start) == '\n') {
      start++;
    }
    return text.substring(start);
  }
}
