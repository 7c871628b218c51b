package adw.text;

import org.jline.utils.WCWidth;

/// Text in the columns of a terminal: emoji and Chinese take two, combining marks none.
public final class TextWidth {
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_STYLE = 0xFE0F;

  private TextWidth() {}

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
