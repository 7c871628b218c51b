package adw.task;

import adw.text.PlainText;
import adw.text.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// A scope's name is a directory and a branch at once, so it must be harmless as both.
final class ScopeName {
  private static final int MAX_BYTES = 100;

  private ScopeName() {}

  // name: no "..", no separator, no blank, none of ~ ^ : ? * [ @{, not ".lock" last,
  //       no "-" or "." first, no "." last, at most 100 bytes
  static Optional<String> findFault(String name) {
    if (name.isEmpty()) {
      return Optional.of("the heading names no worktree");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return Optional.of("the name is longer than " + MAX_BYTES + " bytes");
    }
    if (name.startsWith("-") || name.startsWith(".")) {
      return Optional.of("the name starts with " + name.charAt(0));
    }
    if (name.contains("..") || name.contains("@{") || name.equals("@")) {
      return Optional.of("the name holds .. or @");
    }
    if (name.equals("HEAD") || RunId.isId(name.toLowerCase(Locale.ROOT))) {
      return Optional.of("the name is one of git's or of a run");
    }
    if (name.endsWith(".") || name.endsWith(".lock")) {
      return Optional.of("the name ends with . or .lock");
    }
    return name.codePoints()
        .filter(ScopeName::isRefused)
        .mapToObj(c -> "the name holds " + (c <= ' ' ? "a blank" : described(c)))
        .findFirst();
  }

  private static boolean isRefused(int c) {
    return "/\\~^:?*[\"<>|".indexOf(c) >= 0
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || PlainText.isInvisible(c);
  }

  private static String described(int c) {
    return PlainText.isInvisible(c) || Character.isSpaceChar(c)
        ? String.format(Locale.ROOT, "U+%04X", c)
        : Character.toString(c);
  }
}
