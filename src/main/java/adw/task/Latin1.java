package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/// Text whose characters are the bytes of a UTF-8 file, so that an index is a byte offset.
final class Latin1 {
  private Latin1() {}

  static String decode(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  static String encode(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
