package adw.task;

/// What makes a line no task: said of one that a person takes for one.
final class HidingBlock {
  private HidingBlock() {}

  /// With the line where it begins, 1-based.
  static String words(TaskDocument document, int line) {
    var structure = document.structure();
    var source = document.source();
    if (structure.hidden().get(line)) {
      var first = line;
      while (first > 0 && structure.hidden().get(first - 1) && !begins(source, first)) {
        first--;
      }
      return kind(document, first) + " from line " + (first + 1) + " on";
    }
    var text = source.decoded(source.firstInk(line), source.end(line));
    if (text.startsWith(">")) {
      return "a quote in line " + (line + 1);
    }
    return text.contains("\\[")
        ? "the \\ before its brackets in line " + (line + 1)
        : "the text around it in line " + (line + 1);
  }

  private static boolean begins(SourceText source, int line) {
    var at = source.firstInk(line);
    return at < source.end(line)
        && switch (source.text.charAt(at)) {
          case '<', '`', '~' -> true;
          default -> false;
        };
  }

  private static String kind(TaskDocument document, int first) {
    var source = document.source();
    if (document.structure().fenced().get(first)) {
      return "the code fence";
    }
    if (document.structure().indented().get(first)) {
      return "the indented code";
    }
    var text = source.decoded(source.firstInk(first), source.end(first));
    if (text.startsWith("<!--")) {
      return "the comment";
    }
    return text.startsWith("<") ? "the HTML block" : "what stands there";
  }
}
