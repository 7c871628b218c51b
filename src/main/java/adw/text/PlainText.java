package adw.text;

import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/// Takes out of foreign text what could harm a prompt, a record, the task file or a terminal:
/// escape sequences, control characters and marks that turn the reading direction of what follows.
public final class PlainText {
  private static final int LONGEST = 1 << 20;
  private static final int NOTHING = -1;

  // sequence: ESC "[" parameters letter | ESC "]" title (BEL | ESC "\") | ESC "P" string ESC "\"
  //           | ESC intermediates letter | ESC            each may be cut off at its end
  // https://ecma-international.org/publications-and-standards/standards/ecma-48/
  private static final Pattern ESCAPES =
      Pattern.compile(
          "(?:\u001B\\[|\u009B)[0-?]{0,64}[ -/]{0,8}[@-~]?"
              + "|\u001B\\][^\u0007\u001B\n\r]{0,4096}(?:\u0007|\u001B\\\\)?"
              + "|\u001B[PX^_][^\u001B\n\r]{0,4096}\u001B\\\\"
              + "|\u001B(?:[ -/]{0,8}[0-~])?");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\u0085]+");

  private PlainText() {}

  /// Of several lines; tabs stay.
  public static String lines(String text) {
    return filtered(text, c -> isHarmful(c) && "\n\r\t".indexOf(c) < 0 ? NOTHING : c);
  }

  /// The same of what a program said, at most a mebi of characters. The middle is left out, for
  /// what an answer decides stands at its end.
  public static String output(String text) {
    return lines(text.length() > LONGEST ? withoutMiddle(text) : text);
  }

  private static String withoutMiddle(String text) {
    var head = cut(text, LONGEST / 4 * 3);
    var from = text.length() - LONGEST / 4;
    var tail = text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    var left = text.length() - head.length() - tail.length();
    return head + "\n... [truncated " + left + " chars] ...\n" + tail;
  }

  /// One line; a line break or a tab in it becomes a space.
  public static String line(String text) {
    return filtered(text, c -> isBreak(c) ? ' ' : isHarmful(c) ? NOTHING : c).strip();
  }

  /// The same with the blanks at its beginning, for a line whose place counts.
  public static String indentedLine(String text) {
    var start = 0;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    return text.substring(0, start) + line(text.substring(start));
  }

  /// One line without anything that shows nothing; several blanks become one space.
  public static String visibleLine(String text) {
    var visible = filtered(text, c -> !isBreak(c) && isInvisible(c) ? NOTHING : c);
    return BLANKS.matcher(visible).replaceAll(" ").strip();
  }

  /// The same, cut with an ellipsis.
  public static String visibleLine(String text, int width) {
    var line = visibleLine(cut(text, width * 8));
    return line.length() > width ? cut(line, Math.max(1, width - 1)).stripTrailing() + "…" : line;
  }

  /// The first characters of a longer text, never ending between the halves of one character.
  public static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
  }

  /// Whether a character shows nothing, or changes how others show: control, format (zero-width,
  /// direction), private, unassigned, lone surrogate.
  public static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean isBreak(int c) {
    return "\n\r\t\f\u000B\u0085\u2028\u2029".indexOf(c) >= 0;
  }

  // U+202A…202E and U+2066…2069 turn the direction; U+FEFF and lone surrogates show as rubbish.
  private static boolean isHarmful(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0xFEFF
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /// Without escape sequences, each other character replaced by what it is to be.
  private static String filtered(String text, IntUnaryOperator replacement) {
    var plain = hasEscape(text) ? ESCAPES.matcher(text).replaceAll("") : text;
    var out = new StringBuilder(plain.length());
    plain.codePoints().map(replacement).filter(c -> c != NOTHING).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean hasEscape(String text) {
    return text.indexOf('\u001B') >= 0 || text.indexOf('\u009B') >= 0;
  }
}
