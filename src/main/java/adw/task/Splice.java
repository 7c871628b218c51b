package adw.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// These bytes of a version, from `start` to `end`, become those.
@SuppressWarnings("ArrayRecordComponent")
public record Splice(int start, int end, byte[] bytes) {
  /// What leads from a version to the next: line by line where lines only changed, else in one.
  public static List<Splice> between(byte[] before, byte[] after) {
    var start = Arrays.mismatch(before, after);
    if (start < 0) {
      return List.of();
    }
    var same = ByteCompare.commonTail(before, after, start);
    var end = before.length - same;
    var whole = new Splice(start, end, Arrays.copyOfRange(after, start, after.length - same));
    var lines = lines(before, after, whole);
    return size(lines) < whole.bytes.length ? lines : List.of(whole);
  }

  /// As if no line came or went; absurdly much if one did.
  private static List<Splice> lines(byte[] before, byte[] after, Splice whole) {
    var found = new ArrayList<Splice>();
    var shift = 0;
    var to = whole.start + whole.bytes.length;
    for (var at = whole.start; at < whole.end || at + shift < to; ) {
      var same = Arrays.mismatch(before, at, whole.end, after, at + shift, to);
      if (same < 0) {
        break;
      }
      var from = at + same;
      var isOver = from == whole.end || from + shift == to;
      var end = isOver ? whole.end : lineEnd(before, from, whole.end);
      var goal = isOver ? to : lineEnd(after, from + shift, to);
      found.add(new Splice(from, end, Arrays.copyOfRange(after, from + shift, goal)));
      shift = goal - end;
      at = end;
    }
    return found;
  }

  private static int lineEnd(byte[] text, int from, int limit) {
    var at = from;
    while (at < limit && text[at] != '\n') {
      at++;
    }
    return at;
  }

  private static int size(List<Splice> splices) {
    return splices.stream().mapToInt(splice -> splice.bytes.length + 12).sum();
  }

  /// In the order of the file, none over another.
  public static byte[] apply(byte[] before, List<Splice> splices) {
    if (splices.isEmpty()) {
      return before;
    }
    var after = new byte[before.length + growth(splices)];
    var done = 0;
    var at = 0;
    for (var splice : splices) {
      var kept = splice.start - done;
      System.arraycopy(before, done, after, at, kept);
      System.arraycopy(splice.bytes, 0, after, at + kept, splice.bytes.length);
      at += kept + splice.bytes.length;
      done = splice.end;
    }
    System.arraycopy(before, done, after, at, before.length - done);
    return after;
  }

  private static int growth(List<Splice> splices) {
    var growth = 0;
    for (var splice : splices) {
      growth += splice.bytes.length - (splice.end - splice.start);
    }
    return growth;
  }
}
