package adw.task.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import adw.task.ByteCompare;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The last texts of the file, from which can be told which version a save was made from. In
/// memory; of a text that was not our own, or that a write put others' lines into, the journal
/// tells other processes, and this one after a crash.
final class RecentTexts {
  private static final int MAX_BYTES = 16 << 20;

  /// Nobody reads a line and takes it away sooner; a script may read, and save a moment after.
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Deque<Text> texts = new ArrayDeque<>();

  /// Of a write that was begun: they count once it has succeeded.
  private final List<Text> planned = new ArrayList<>();

  private long size;

  /// What stood under the file's name.
  ///
  /// @param place where it went when a write of ours took it away; "" for a displaced save: whoever
  ///   saves once more makes that from it
  /// @param brought lines of others that came into the file with that write
  @SuppressWarnings("ArrayRecordComponent")
  record Text(byte[] bytes, String place, Set<String> brought, Instant until) {
    boolean isOlder(Instant now) {
      // A clock that was set back since says nothing of the time between.
      return Duration.between(until, now).abs().compareTo(MOMENT) > 0;
    }

    boolean isOlder(Collection<Instant> moments) {
      return moments.stream().allMatch(this::isOlder);
    }
  }

  void plan(Text text) {
    planned.add(text);
  }

  /// The write that these belong to has succeeded.
  void done() {
    planned.forEach(this::add);
    planned.clear();
  }

  void abandoned() {
    planned.clear();
  }

  void add(Text text) {
    texts.addFirst(text);
    size += text.bytes().length;
    while (size > MAX_BYTES) {
      size -= texts.removeLast().bytes().length;
    }
  }

  /// What a displaced save was made from: the version that was expected in its place, or a text of
  /// a moment before if that reads more like it. What counts is when it was displaced, not when it
  /// is taken in: between the two the file may have been away.
  Optional<byte[]> findBase(byte[] save, Path place) {
    return displacedTo(place).map(text -> nearest(save, text.bytes(), List.of(text.until())));
  }

  /// What a write of ours expected to displace there.
  Optional<byte[]> find(Path place) {
    return displacedTo(place).map(Text::bytes);
  }

  private Optional<Text> displacedTo(Path place) {
    return texts.stream().filter(text -> text.place().equals(place.toString())).findFirst();
  }

  /// What a save under the file's name was made from, if not from this last version. Only lines of
  /// others that came a moment before make a difference.
  ///
  /// @param moments when it may have been made
  Optional<byte[]> findBase(byte[] save, byte[] last, Collection<Instant> moments) {
    var isAlone =
        texts.stream()
            .filter(text -> !text.isOlder(moments))
            .allMatch(text -> text.brought().isEmpty());
    return isAlone
        ? Optional.empty()
        : Optional.of(nearest(save, last, moments)).filter(base -> !Arrays.equals(base, last));
  }

  private byte[] nearest(byte[] save, byte[] first, Collection<Instant> moments) {
    var nearest = first;
    var least = distance(save, first);
    for (var text : texts) {
      var distance = text.isOlder(moments) ? least : distance(save, text.bytes());
      if (distance < least) {
        nearest = text.bytes();
        least = distance;
      }
    }
    return nearest;
  }

  private static int distance(byte[] one, byte[] other) {
    var head = Arrays.mismatch(one, other);
    if (head < 0) {
      return 0;
    }
    var from = lineStart(one, head);
    var tail = ByteCompare.commonTail(one, other, from);
    return EditDistance.between(
        lines(one, from, one.length - tail), lines(other, from, other.length - tail));
  }

  private static List<String> lines(byte[] text, int from, int to) {
    return List.of(new String(text, from, to - from, ISO_8859_1).split("\n"));
  }

  private static int lineStart(byte[] text, int at) {
    var start = at;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  /// The lines that are new, whatever their marks.
  static Set<String> brought(byte[] before, byte[] after) {
    var head = Arrays.mismatch(before, after);
    if (head < 0) {
      return Set.of();
    }
    head = lineStart(after, head);
    var tail = ByteCompare.commonTail(before, after, head);
    while (tail > 0 && tail < after.length && after[after.length - tail - 1] != '\n') {
      tail--;
    }
    var brought = keys(after, head, after.length - tail);
    brought.removeAll(keys(before, head, before.length - tail));
    return brought;
  }

  /// Whatever its mark; so of a text without a line.
  static boolean haveCommonLine(byte[] one, byte[] other) {
    var lines = keys(other, 0, other.length);
    return lines.isEmpty() || !Collections.disjoint(lines, keys(one, 0, one.length));
  }

  private static Set<String> keys(byte[] text, int from, int to) {
    var keys = new HashSet<String>();
    for (var line : new String(text, from, to - from, ISO_8859_1).split("\n")) {
      keys.add(key(line));
    }
    keys.remove("");
    return keys;
  }

  /// A line without what stands before its first `]`, and without a reason: marks and reasons are
  /// ours.
  private static String key(String line) {
    var start = line.indexOf(']') + 1;
    var reason = line.indexOf(" // ", start);
    return line.substring(start, reason < 0 ? line.length() : reason).strip();
  }
}
