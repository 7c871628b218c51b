package adw.task;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// A file is UTF-8, or nothing is concluded from it.
final class Utf8 {
  private static final String BOM = Latin1.encode("\uFEFF");
  private static final int CHUNK = 8192;

  private Utf8() {}

  static void check(byte[] bytes) {
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

  static int startBehindBom(String latin1) {
    return latin1.startsWith(BOM) ? BOM.length() : 0;
  }
}
