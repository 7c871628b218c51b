package adw.task;

/// The lines below a task that belong to it.
final class TaskBody {
  private TaskBody() {}

  /// Decoded, with \n endings, without the indentation that all its lines share.
  static String of(SourceText source, int from, int to) {
    var shared = Integer.MAX_VALUE;
    for (var line = from; line < to; line++) {
      if (!source.isBlank(line)) {
        shared = Math.min(shared, indentation(source, line));
      }
    }
    var body = new StringBuilder();
    for (var line = from; line < to; line++) {
      body.append(source.isBlank(line) ? "" : withoutIndentation(source, line, shared))
          .append('\n');
    }
    return withoutBlankLines(body);
  }

  /// In characters: a no-break space has two bytes.
  private static int indentation(SourceText source, int line) {
    var count = 0;
    var ink = source.firstInk(line);
    for (var at = source.start(line); at < ink; at++) {
      count += source.isInside(at) ? 0 : 1;
    }
    return count;
  }

  private static String withoutIndentation(SourceText source, int line, int characters) {
    var at = source.start(line);
    var end = source.end(line);
    for (var left = characters; at < end && (left > 0 || source.isInside(at)); at++) {
      left -= source.isInside(at) ? 0 : 1;
    }
    return source.decoded(at, end);
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
