package adw.task;

import adw.text.PlainText;
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

  /// As a word of its own.
  private static final Pattern SLASHES = Pattern.compile("(?<![^ ])//(?![^ ])");

  private TailText() {}

  public static boolean isRetryHint(String tail) {
    return tail.equals(RETRY_HINT) || tail.equals(OLD_RETRY_HINT);
  }

  public static String of(String text) {
    var line = PlainText.visibleLine(PlainText.cut(text, LOOK));
    // A comment could pause the file; a second " // " would be taken for the tail.
    var harmless = Secrets.mask(line).replace("<!--", "<! --");
    return cut(SLASHES.matcher(harmless).replaceAll("/"));
  }

  private static String cut(String line) {
    if (line.codePointCount(0, line.length()) <= MAX) {
      return line;
    }
    var head = PlainText.cut(line, line.offsetByCodePoints(0, MAX - 1));
    var word = head.lastIndexOf(' ');
    return (word > MAX / 2 ? head.substring(0, word) : head).stripTrailing() + "…";
  }
}
