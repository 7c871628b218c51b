package adw.task;

import adw.text.Secrets;
import java.util.regex.Pattern;

/// The text that follows ` // `: one short, harmless line.
public final class TailText {
  /// On a line that was put back: how to say it so that it counts.
  public static final String RETRY_HINT = "already done; to run it again write [retry]";

  /// As earlier versions wrote it.
  private static final String OLD_RETRY_HINT = "put back: write [retry]";

  private static final int MAX = 160;

  /// More than this is never looked at: the rest could not be shown.
  private static final int LOOK = 4096;

  private static final Pattern ANSI =
      Pattern.compile(
          "\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[ -/]*[0-~])");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  /// As a word of its own.
  private static final Pattern SLASHES = Pattern.compile("(?<![^ ])//(?![^ ])");

  private TailText() {}

  public static boolean isRetryHint(String tail) {
    return tail.equals(RETRY_HINT) || tail.equals(OLD_RETRY_HINT);
  }

  public static String of(String text) {
    var shown = ANSI.matcher(head(text, LOOK)).replaceAll("");
    var line = BLANKS.matcher(visible(shown)).replaceAll(" ").strip();
    // A comment could pause the file; a second " // " would be taken for the tail.
    var harmless = Secrets.mask(line).replace("<!--", "<! --");
    return cut(SLASHES.matcher(harmless).replaceAll("/"));
  }

  /// Line breaks and other blanks stay for the next step; what shows nothing goes.
  private static String visible(String text) {
    var visible = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.isWhitespace(c) || c == 0x85 || !InvisibleCharacters.is(c))
        .map(c -> c == 0x85 ? ' ' : c)
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }

  private static String cut(String line) {
    if (line.codePointCount(0, line.length()) <= MAX) {
      return line;
    }
    var head = head(line, line.offsetByCodePoints(0, MAX - 1));
    var word = head.lastIndexOf(' ');
    return (word > MAX / 2 ? head.substring(0, word) : head).stripTrailing() + "…";
  }

  /// No half of a surrogate pair is left at the end.
  private static String head(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }
}
