package adw.task;

import java.util.Arrays;

/// Compares texts at the speed of memory.
public final class ByteCompare {
  private static final int BLOCK = 1 << 14;

  private ByteCompare() {}

  /// How many last bytes two texts share that share their first `head`.
  public static int commonTail(byte[] one, byte[] other, int head) {
    var most = Math.min(one.length, other.length) - head;
    var same = 0;
    while (most - same >= BLOCK && isSame(one, other, same, BLOCK)) {
      same += BLOCK;
    }
    while (same < most && one[one.length - same - 1] == other[other.length - same - 1]) {
      same++;
    }
    return same;
  }

  /// Whether these bytes of the other text are a whole line, which has an ending, of this one.
  /// Looked for from the end: there it mostly is.
  public static boolean hasLine(byte[] text, byte[] other, int from, int to) {
    var length = to - from;
    for (var end = text.length - 1; end >= length; end = before(text, end)) {
      var ink = end > 0 && text[end - 1] == '\r' ? end - 1 : end;
      var isHere = Arrays.equals(text, Math.max(0, end - length), end, other, from, to);
      var isInk = ink >= length && Arrays.equals(text, ink - length, ink, other, from, to);
      if ((isHere && isStart(text, end - length)) || (isInk && isStart(text, ink - length))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isStart(byte[] text, int at) {
    return at == 0 || text[at - 1] == '\n';
  }

  /// The line ending in front of this one.
  private static int before(byte[] text, int ending) {
    var at = ending - 1;
    while (at >= 0 && text[at] != '\n') {
      at--;
    }
    return at;
  }

  private static boolean isSame(byte[] one, byte[] other, int behind, int length) {
    var end = one.length - behind;
    var otherEnd = other.length - behind;
    return Arrays.equals(one, end - length, end, other, otherEnd - length, otherEnd);
  }
}
