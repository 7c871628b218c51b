package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/// The bytes of a UTF-8 file as characters, one each, so that an index is a byte offset; ASCII is
/// what it is. No copy: files may be big.
public final class ByteText implements CharSequence {
  /// U+00A0, which keyboards type for Option and Space, U+202F and U+3000.
  static final List<String> WIDE_BLANKS =
      List.of(encode("\u00A0"), encode("\u202F"), encode("\u3000"));

  private static final byte NO_BREAK = (byte) 0xC2;
  private static final byte NARROW = (byte) 0xE2;
  private static final byte IDEOGRAPHIC = (byte) 0xE3;
  private static final byte[] NO_BREAK_SPACE = "\u00A0".getBytes(UTF_8);
  private static final byte[] NARROW_SPACE = "\u202F".getBytes(UTF_8);
  private static final byte[] IDEOGRAPHIC_SPACE = "\u3000".getBytes(UTF_8);

  private final byte[] bytes;

  ByteText(byte[] bytes) {
    this.bytes = bytes;
  }

  /// What the bytes of such a text say.
  static String decode(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  /// As such a text, in a string.
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

  @Override
  public int length() {
    return bytes.length;
  }

  @Override
  public char charAt(int index) {
    return (char) (bytes[index] & 0xff);
  }

  /// -1: it is not there.
  int indexOf(char ascii, int from, int to) {
    for (var at = from; at < to; at++) {
      if (bytes[at] == ascii) {
        return at;
      }
    }
    return -1;
  }

  int indexOf(String ascii, int from, int to) {
    var last = to - ascii.length();
    var first = ascii.charAt(0);
    for (var at = from; at <= last; at++) {
      if (bytes[at] == first && startsWith(ascii, at)) {
        return at;
      }
    }
    return -1;
  }

  boolean contains(String ascii) {
    return indexOf(ascii, 0, bytes.length) >= 0;
  }

  boolean startsWith(String ascii, int at) {
    if (at + ascii.length() > bytes.length) {
      return false;
    }
    for (var i = 0; i < ascii.length(); i++) {
      if (bytes[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The bytes of the blank at this offset: one, or those of a blank that only looks like a space.
  /// 0: there is none.
  int blankAt(int at, int end) {
    return switch (at < end ? bytes[at] : 0) {
      case ' ', '\t' -> 1;
      case NO_BREAK -> startsWith(NO_BREAK_SPACE, at, end) ? 2 : 0;
      case NARROW -> startsWith(NARROW_SPACE, at, end) ? 3 : 0;
      case IDEOGRAPHIC -> startsWith(IDEOGRAPHIC_SPACE, at, end) ? 3 : 0;
      default -> 0;
    };
  }

  /// The bytes of the blank that ends at this offset.
  int blankBefore(int start, int end) {
    for (var length = 1; length <= 3 && end - length >= start; length++) {
      if (blankAt(end - length, end) == length) {
        return length;
      }
    }
    return 0;
  }

  /// The first character from there on that is no blank.
  int skipBlanks(int from, int end) {
    var at = from;
    for (var blank = blankAt(at, end); blank > 0; blank = blankAt(at, end)) {
      at += blank;
    }
    return at;
  }

  /// Behind the last character before there that is no blank.
  int trimmed(int start, int end) {
    var at = end;
    for (var n = blankBefore(start, at); n > 0; n = blankBefore(start, at)) {
      at -= n;
    }
    return at;
  }

  private boolean startsWith(byte[] blank, int at, int end) {
    var behind = at + blank.length;
    return behind <= end && Arrays.equals(bytes, at, behind, blank, 0, blank.length);
  }

  boolean isSame(int from, int to, ByteText other, int otherFrom, int otherTo) {
    return Arrays.equals(bytes, from, to, other.bytes, otherFrom, otherTo);
  }

  /// One character each, as here.
  String substring(int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }

  /// As people read it.
  String decoded(int from, int to) {
    return from >= to ? "" : new String(bytes, from, to - from, UTF_8);
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return substring(from, to);
  }

  @Override
  public String toString() {
    return substring(0, bytes.length);
  }
}
