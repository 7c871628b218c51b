package adw.task;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A heading of the file that is in no list and no quote.
record Heading(int line, int endLine, int level, String text) {
  private static final String WORKTREE = "git worktree";
  private static final String BRANCH = "branch";
  private static final Set<String> PARKED =
      Set.of("backlog", "later", "ideas", "deferred", "someday");
  private static final Set<String> DONE = Set.of("done", "completed");

  /// What people write about branches; no branch is called so.
  private static final Set<String> TOPICS =
      Set.of(
          "conventions",
          "guidelines",
          "management",
          "model",
          "names",
          "naming",
          "overview",
          "policies",
          "policy",
          "protection",
          "rules",
          "strategies",
          "strategy",
          "structure",
          "workflow");

  private static final Pattern CAPITALIZED = Pattern.compile("\\p{Lu}\\p{Ll}+");
  private static final Pattern LINK =
      Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)|\\[([^\\]]*)]\\[[^\\]]*]");
  private static final Pattern WIDE_BLANKS = Pattern.compile("[\u00A0\u202F\u3000]");

  /// Comments, and what stands in brackets or braces behind the words.
  private static final Pattern ASIDES = Pattern.compile("<!--.*?(?:-->|$)|\\([^)]*\\)|\\{[^}]*}");

  // heading: "#"{1,6} (blank text | end) [blank "#"+]
  static Optional<Heading> atx(SourceText source, int line) {
    var text = source.text;
    var start = source.firstInk(line);
    var end = source.end(line);
    var at = start;
    while (at < end && text.charAt(at) == '#') {
      at++;
    }
    var level = at - start;
    if (level == 0 || level > 6 || (at < end && text.blankAt(at, end) == 0)) {
      return Optional.empty();
    }
    return Optional.of(new Heading(line, line + 1, level, content(source.decoded(at, end))));
  }

  private static String content(String raw) {
    var text = WIDE_BLANKS.matcher(raw).replaceAll(" ").strip();
    var end = text.length();
    while (end > 0 && text.charAt(end - 1) == '#') {
      end--;
    }
    return end == 0 || ByteText.isBlank(text.charAt(end - 1))
        ? text.substring(0, end).strip()
        : text;
  }

  // scope: "Git Worktree" blank NAME | "Branch" blank NAME     NAME: in code marks, or as it is
  /// The NAME, code marks around it taken off. What tells of branches (`Branch Strategy`) is prose.
  Optional<String> findScopeName() {
    return findRest(WORKTREE)
        .or(() -> findRest(BRANCH).filter(name -> !isTopic(name)))
        .map(Heading::withoutCodeMarks);
  }

  /// Whether it begins like a branch and is prose all the same.
  boolean isAboutBranches() {
    return findRest(BRANCH).filter(Heading::isTopic).isPresent();
  }

  private Optional<String> findRest(String word) {
    var end = word.length();
    return text.regionMatches(true, 0, word, 0, end)
            && (text.length() == end || ByteText.isBlank(text.charAt(end)))
        ? Optional.of(text.substring(end).strip())
        : Optional.empty();
  }

  private static boolean isTopic(String name) {
    var isCode = name.startsWith("`");
    return !isCode
        && (name.indexOf(' ') >= 0
            || CAPITALIZED.matcher(name).matches()
            || TOPICS.contains(name.toLowerCase(Locale.ROOT)));
  }

  private static String withoutCodeMarks(String name) {
    return name.length() > 2 && name.startsWith("`") && name.endsWith("`")
        ? name.substring(1, name.length() - 1)
        : name;
  }

  /// `Backlog (priority order)`, `Later: x`: the first word counts.
  boolean isParked() {
    return PARKED.contains(firstWord(LINK.matcher(text).replaceAll("$1$2")));
  }

  /// `Icebox / Later` is no such heading, and may be meant as one.
  boolean isAlmostParked() {
    return !isParked()
        && Stream.of(text.split("[/|,&:;–—]| - | and | or "))
            .anyMatch(p -> PARKED.contains(firstWord(p)));
  }

  boolean isDone() {
    var words = ASIDES.matcher(LINK.matcher(text).replaceAll("$1$2")).replaceAll("");
    return DONE.contains(words(words));
  }

  /// Without what is no letter before it: `📦 **Later**: v2` begins with Later.
  private static String firstWord(String text) {
    var start = 0;
    while (start < text.length() && !Character.isLetter(text.charAt(start))) {
      start++;
    }
    var end = start;
    while (end < text.length() && isInWord(text, end)) {
      end++;
    }
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }

  /// `Later-stage` and `Ideas2` are words of their own.
  private static boolean isInWord(String text, int at) {
    return Character.isLetterOrDigit(text.charAt(at))
        || (at + 1 < text.length()
            && "-_'’".indexOf(text.charAt(at)) >= 0
            && Character.isLetterOrDigit(text.charAt(at + 1)));
  }

  /// Without what is no letter at either end: `✅ Done:` is Done.
  private static String words(String text) {
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
