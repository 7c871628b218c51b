package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// The bytes of a UTF-8 file as characters, one each, so that an index is a byte offset; ASCII is
/// what it is. No copy: files may be big.
final class Text implements CharSequence {
  private final byte[] bytes;

  Text(byte[] bytes) {
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

  boolean isSame(int from, int to, Text other, int otherFrom, int otherTo) {
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
