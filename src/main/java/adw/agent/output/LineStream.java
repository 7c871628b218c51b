package adw.agent.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A stream of lines, each read like a stream of its own. Strings of JSON are cut at
/// [CappedText#LIMIT] bytes on the way, so that who parses a line needs little memory for it.
final class LineStream extends InputStream {
  private static final byte[] MARK =
      CappedText.MARK.replace("\n", "\\n").getBytes(StandardCharsets.UTF_8);

  private static final int ESCAPED = 5;

  private final InputStream source;
  private final byte[] block = new byte[1 << 16];
  private int at;
  private int end;
  private boolean lineOver = true;

  private boolean inString;

  /// Hexadecimal digits of an escape sequence to come, or [#ESCAPED] right behind its backslash.
  private int escape;

  /// Bytes of the current string that were passed on.
  private int kept;

  private boolean cutting;
  private int markLeft;

  LineStream(InputStream source) {
    this.source = source;
  }

  /// Goes to the start of the next line, behind blanks and NUL bytes; false at the end.
  boolean next() throws IOException {
    skipRest();
    lineOver = false;
    inString = false;
    escape = 0;
    cutting = false;
    markLeft = 0;
    while (hasMore() && block[at] <= ' ' && block[at] >= 0) {
      at++;
    }
    return hasMore();
  }

  /// Whether the line starts with this; asked before anything of it was read.
  boolean startsWith(char c) {
    return block[at] == c;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    var to = offset;
    var limit = offset + length;
    while (to < limit && (to == offset || markLeft > 0 || at < end)) {
      if (markLeft > 0) {
        target[to++] = MARK[MARK.length - markLeft--];
      } else if (lineOver || !hasMore()) {
        break;
      } else if (isLineEnd()) {
        lineOver = true;
      } else if (isKept(block[at])) {
        target[to++] = block[at++];
      } else if (markLeft == 0) {
        at++;
      }
    }
    return to == offset && length > 0 ? -1 : to - offset;
  }

  private boolean isLineEnd() {
    if (block[at] != '\n') {
      return false;
    }
    at++;
    return true;
  }

  /// Follows the text as JSON: where strings begin and end, and when one is too long. The byte that
  /// closes a cut string is not kept at first: the mark goes in front of it.
  private boolean isKept(byte b) {
    if (!inString) {
      inString = b == '"';
      kept = 0;
      return true;
    }
    if (cutting && escape == 0 && b == '"') {
      cutting = false;
      markLeft = MARK.length;
      kept = 0;
      return false;
    }
    cutting |= kept >= CappedText.LIMIT && escape == 0 && isFirstOfCharacter(b) && b != '"';
    follow(b);
    kept++;
    return !cutting;
  }

  private void follow(byte b) {
    if (escape == ESCAPED) {
      escape = b == 'u' ? 4 : 0;
    } else if (escape > 0) {
      escape--;
    } else if (b == '\\') {
      escape = ESCAPED;
    } else if (b == '"') {
      inString = false;
    }
  }

  private static boolean isFirstOfCharacter(byte b) {
    return (b & 0xc0) != 0x80;
  }

  private void skipRest() throws IOException {
    while (!lineOver && hasMore()) {
      lineOver = block[at++] == '\n';
    }
  }

  private boolean hasMore() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, source.read(block));
    }
    return at < end;
  }
}
