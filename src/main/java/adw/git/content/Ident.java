package adw.git.content;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.eclipse.jgit.lib.ObjectId;

/// The attribute `ident`: `$Id$` in a blob is `$Id: <its id> $` in the file. git's own rules, down
/// to what it takes for another system's mark and leaves alone, and to a `$` that ends one mark and
/// so begins no other.
final class Ident {
  private static final byte[] NAME = {'I', 'd'};
  private static final byte[] FOREIGN = "$Id: ".getBytes(US_ASCII);

  private Ident() {}

  static byte[] toWorktree(byte[] blob, ObjectId id) {
    if (!isIn(blob)) {
      return blob;
    }
    var own = ("$Id: " + id.name() + " $").getBytes(US_ASCII);
    var out = new ByteArrayOutputStream(blob.length + own.length);
    for (var at = 0; at < blob.length; ) {
      var end = blob[at] == '$' ? end(blob, at) : at + 1;
      if (isMark(blob, at, end)) {
        out.writeBytes(own);
      } else {
        out.write(blob, at, end - at);
      }
      at = end;
    }
    return out.toByteArray();
  }

  /// Behind what git reads in one go from a `$` on.
  private static int end(byte[] text, int dollar) {
    for (var i = 0; i < NAME.length; i++) {
      if (dollar + 1 + i == text.length || text[dollar + 1 + i] != NAME[i]) {
        return Math.min(text.length, dollar + 2 + i);
      }
    }
    var at = dollar + 1 + NAME.length;
    if (at == text.length || text[at] != ':') {
      return Math.min(text.length, at + 1);
    }
    while (++at < text.length && text[at] != '$' && text[at] != '\n') {}
    return Math.min(text.length, at + 1);
  }

  private static boolean isMark(byte[] text, int from, int to) {
    return to - from > 1 + NAME.length
        && isName(text, from + 1)
        && text[to - 1] == '$'
        && !isForeign(text, from, to);
  }

  /// A blank that is not the last character before the `$` is of another system's mark.
  private static boolean isForeign(byte[] text, int from, int to) {
    if (Arrays.mismatch(text, from, to, FOREIGN, 0, FOREIGN.length) != FOREIGN.length) {
      return false;
    }
    for (var i = from + FOREIGN.length; i < to && text[i] != 0; i++) {
      if (isBlank(text[i]) && text[i + 1] != '$') {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  static byte[] toBlob(byte[] file) {
    if (!isIn(file)) {
      return file;
    }
    var out = new ByteArrayOutputStream(file.length);
    var at = 0;
    for (int dollar; (dollar = find(file, '$', at, file.length)) >= 0; ) {
      out.write(file, at, dollar + 1 - at);
      at = dollar + 1;
      if (file.length - at > 3 && isName(file, at) && file[at + 2] == ':') {
        var last = find(file, '$', at + 3, file.length);
        if (last < 0) {
          break;
        }
        if (find(file, '\n', at + 3, last) < 0) {
          out.writeBytes(new byte[] {'I', 'd', '$'});
          at = last + 1;
        }
      }
    }
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }

  /// Whether there is any mark, bare or filled in.
  static boolean isIn(byte[] text) {
    for (var at = 0; (at = find(text, '$', at, text.length) + 1) > 0; ) {
      if (text.length - at < 3) {
        return false;
      }
      if (isName(text, at) && (text[at + 2] == '$' || isClosed(text, at))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isClosed(byte[] text, int at) {
    var dollar = find(text, '$', at + 3, text.length);
    return text[at + 2] == ':' && dollar >= 0 && find(text, '\n', at + 3, dollar) < 0;
  }

  private static boolean isName(byte[] text, int at) {
    return text[at] == NAME[0] && text[at + 1] == NAME[1];
  }

  private static int find(byte[] text, char wanted, int from, int to) {
    for (var i = from; i < to; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
