package adw.task;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A file is UTF-8, or nothing is concluded from it.
public final class Utf8 {
  static final byte[] BOM = "\uFEFF".getBytes(StandardCharsets.UTF_8);
  private static final int CHUNK = 8192;

  private Utf8() {}

  static void check(byte[] bytes) {
    for (var i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new TaskFileException(
            "byte " + i + " is NUL: that is no text (adw undo --file brings the last one back)");
      }
    }
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(CHUNK);
    while (true) {
      var result = decoder.decode(in, out.clear(), true);
      if (result.isError()) {
        throw new TaskFileException(
            "byte " + in.position() + " is not UTF-8 (save the file as UTF-8)");
      }
      if (result.isUnderflow()) {
        return;
      }
    }
  }

  /// Whether anything stands in it beside a byte order mark and blanks.
  public static boolean hasInk(byte[] bytes) {
    for (var i = startBehindBom(bytes); i < bytes.length; i++) {
      if (bytes[i] > ' ' || bytes[i] <= 0) {
        return true;
      }
    }
    return false;
  }

  public static int startBehindBom(byte[] bytes) {
    var length = BOM.length;
    return bytes.length >= length && Arrays.equals(bytes, 0, length, BOM, 0, length) ? length : 0;
  }
}
