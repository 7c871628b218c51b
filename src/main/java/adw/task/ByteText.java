package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// Text whose characters are the bytes of a UTF-8 file, so that an index is a byte offset.
public final class ByteText {
  /// U+00A0, which keyboards type for Option and Space, U+202F and U+3000.
  static final List<String> WIDE_BLANKS =
      List.of(encode("\u00A0"), encode("\u202F"), encode("\u3000"));

  private ByteText() {}

  static String decode(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  public static String encode(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// With a space in the place of each blank that only looks like one.
  static String withPlainBlanks(String bytes) {
    var plain = bytes;
    for (var blank : WIDE_BLANKS) {
      plain = plain.replace(blank, " ");
    }
    return plain;
  }
}
