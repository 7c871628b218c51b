package adw.text;

import java.util.regex.Pattern;

/// Takes out of foreign text what could harm a prompt, a record or a terminal.
public final class PlainText {
  private static final int LONGEST = 1 << 20;
  private static final Pattern ESCAPES =
      Pattern.compile(
          "\u001B(?:\\[[0-?]{0,64}["
              + " -/]{0,8}[@-~]?|\\][^\u0007\u001B]{0,4096}(?:\u0007|\u001B\\\\)?|[@-Z\\\\^_])?");

  private PlainText() {}

  /// Without terminal escapes and NUL, at most a mebi of characters. The middle is left out, for
  /// what an answer decides stands at its end.
  public static String output(String text) {
    var bounded = text.length() > LONGEST ? withoutMiddle(text) : text;
    var plain = bounded.indexOf('\u001B') >= 0 ? ESCAPES.matcher(bounded).replaceAll("") : bounded;
    return plain.indexOf('\0') >= 0 ? plain.replace("\0", "") : plain;
  }

  private static String withoutMiddle(String text) {
    var head = cut(text, LONGEST / 4 * 3);
    var from = text.length() - LONGEST / 4;
    var tail = text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    var left = text.length() - head.length() - tail.length();
    return head + "\n... [truncated " + left + " chars] ...\n" + tail;
  }

  /// One line of printable characters, cut with an ellipsis.
  public static String line(String text, int width) {
    var head = text.length() > width * 8 ? text.substring(0, width * 8) : text;
    var out = new StringBuilder();
    var blank = false;
    for (var c : output(head).codePoints().toArray()) {
      var hidden =
          Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE;
      if (Character.isWhitespace(c) || Character.isISOControl(c)) {
        blank = !out.isEmpty();
      } else if (!hidden) {
        out.append(blank ? " " : "").appendCodePoint(c);
        blank = false;
      }
    }
    return out.length() > width
        ? cut(out.toString(), Math.max(1, width - 1)).stripTrailing() + "…"
        : out.toString();
  }

  /// The first characters of a longer text, never ending between the halves of one character.
  public static String cut(String text, int limit) {
    var end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end);
  }
}
