package adw.text;

import org.jline.utils.WCWidth;

/// Text in the columns of a terminal: emoji and Chinese take two, combining marks none.
public final class TextWidth {
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_STYLE = 0xFE0F;

  private TextWidth() {}

  /// One line that cannot steer a terminal: no controls, no escapes, no marks that turn the reading
  /// direction of what follows.
  public static String clean(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> isSteering(c) ? ' ' : c)
        .filter(c -> !isTurning(c))
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  /// The same with the blanks at its beginning, for a line whose place counts.
  public static String cleanIndented(String text) {
    var start = 0;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    return text.substring(0, start) + clean(text.substring(start));
  }

  private static boolean isSteering(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }

  // U+202A…202E and U+2066…2069 turn the direction; U+FEFF and unpaired surrogates show as rubbish.
  private static boolean isTurning(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0xFEFF
        || (c >= 0xD800 && c <= 0xDFFF);
  }

  public static int width(String text) {
    var width = 0;
    var before = 0;
    for (var i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      var c = text.codePointAt(i);
      width += width(c, before);
      before = c;
    }
    return width;
  }

  /// Terminals differ on joined emoji; counted apart, a line may come out short but never long.
  private static int width(int c, int before) {
    if (c < 0x7F) {
      return 1;
    }
    if (c == EMOJI_STYLE) {
      return WCWidth.wcwidth(before) == 1 ? 1 : 0;
    }
    return c == ZERO_WIDTH_JOINER ? 0 : Math.max(0, WCWidth.wcwidth(c));
  }

  /// Cut with `…` where it is too long.
  public static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    var end = 0;
    var used = 0;
    var before = 0;
    while (end < text.length()) {
      var c = text.codePointAt(end);
      used += width(c, before);
      if (used > width - 1) {
        break;
      }
      end += Character.charCount(c);
      before = c;
    }
    return width < 1 ? "" : text.substring(0, end).stripTrailing() + "…";
  }

  /// Exactly that wide.
  public static String fit(String text, int width) {
    var cut = cut(text, width);
    return cut + " ".repeat(Math.max(0, width - width(cut)));
  }
}
