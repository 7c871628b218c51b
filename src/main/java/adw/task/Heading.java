package adw.task;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A heading of the file that is in no list and no quote.
record Heading(int line, int endLine, int level, String text) {
  private static final List<String> SCOPES = List.of("git worktree", "branch");
  private static final Set<String> PARKED = Set.of("backlog", "later", "ideas");
  private static final Set<String> DONE = Set.of("done", "completed");

  // heading: "#"{1,6} (blank text | end) [blank "#"+]
  static Optional<Heading> atx(Source source, int line) {
    var text = source.text;
    var start = source.firstInk(line);
    var end = source.end(line);
    var at = start;
    while (at < end && text.charAt(at) == '#') {
      at++;
    }
    var level = at - start;
    if (level == 0 || level > 6 || (at < end && !Latin1.isBlank(text.charAt(at)))) {
      return Optional.empty();
    }
    return Optional.of(new Heading(line, line + 1, level, content(source.decoded(at, end))));
  }

  Heading movedBy(int lines) {
    return new Heading(line + lines, endLine + lines, level, text);
  }

  private static String content(String raw) {
    var text = raw.strip();
    var end = text.length();
    while (end > 0 && text.charAt(end - 1) == '#') {
      end--;
    }
    return end == 0 || Latin1.isBlank(text.charAt(end - 1)) ? text.substring(0, end).strip() : text;
  }

  /// The NAME of `Git Worktree NAME` or `Branch NAME`, code marks around it taken off.
  Optional<String> findScopeName() {
    for (var word : SCOPES) {
      var end = word.length();
      if (text.regionMatches(true, 0, word, 0, end)
          && (text.length() == end || Latin1.isBlank(text.charAt(end)))) {
        return Optional.of(withoutCodeMarks(text.substring(end).strip()));
      }
    }
    return Optional.empty();
  }

  private static String withoutCodeMarks(String name) {
    return name.length() > 2 && name.startsWith("`") && name.endsWith("`")
        ? name.substring(1, name.length() - 1)
        : name;
  }

  boolean isParked() {
    return PARKED.contains(word());
  }

  boolean isDone() {
    return DONE.contains(word());
  }

  /// Without what is no letter at either end: `✅ Done:` is Done.
  private String word() {
    var start = 0;
    var end = text.length();
    while (start < end && !Character.isLetter(text.charAt(start))) {
      start++;
    }
    while (end > start && !Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }
}
