package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// The bytes of a UTF-8 file as characters, one each, so that an index is a byte offset; ASCII is
/// what it is. No copy: files may be big.
final class TextLines implements CharSequence {
  private static final byte NO_BREAK = (byte) 0xC2;
  private static final byte NARROW = (byte) 0xE2;
  private static final byte IDEOGRAPHIC = (byte) 0xE3;
  private static final byte[] NO_BREAK_SPACE = "\u00A0".getBytes(UTF_8);
  private static final byte[] NARROW_SPACE = "\u202F".getBytes(UTF_8);
  private static final byte[] IDEOGRAPHIC_SPACE = "\u3000".getBytes(UTF_8);

  private final byte[] bytes;

  TextLines(byte[] bytes) {
    this.bytes = bytes;
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

  private boolean startsWith(byte[] blank, int at, int end) {
    var behind = at + blank.length;
    return behind <= end && Arrays.equals(bytes, at, behind, blank, 0, blank.length);
  }

  boolean isSame(int from, int to, TextLines other, int otherFrom, int otherTo) {
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
