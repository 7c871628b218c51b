package adw.task;

import java.util.regex.Pattern;

/// Settings of other tools between two `---` lines at the very start of a file.
final class FrontMatter {
  private static final Pattern ENTRY =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_ -]*:.*|#.*|---[ \\t]*");

  private FrontMatter() {}

  // front matter: "---" line, an entry or a comment, …, "---" or "..." line
  /// The first line behind it; 0 when there is none.
  static int end(SourceText source) {
    if (source.lines() < 2 || !is(source, 0, "---") || !ENTRY.matcher(line(source, 1)).matches()) {
      return 0;
    }
    for (var line = 1; line < source.lines(); line++) {
      if (is(source, line, "---") || is(source, line, "...")) {
        return line + 1;
      }
    }
    return 0;
  }

  private static boolean is(SourceText source, int line, String text) {
    return line(source, line).stripTrailing().equals(text);
  }

  private static String line(SourceText source, int line) {
    return source.text.substring(source.start(line), source.end(line));
  }
}
