package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/// Our last writes, from which can be told which version a save was made from. In memory only:
/// after a crash, a save made in that very moment counts as it is.
final class Recent {
  private static final int MAX_BYTES = 16 << 20;

  /// Nobody reads a line and takes it away sooner; a script may read, and save a moment after.
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Deque<Write> writes = new ArrayDeque<>();
  private long size;

  /// @param place where went what had the file's name
  /// @param expected what that was to be
  /// @param brought lines of others that came into the file with it
  @SuppressWarnings("ArrayRecordComponent")
  private record Write(Path place, byte[] expected, Set<String> brought, Instant at) {}

  void add(Path place, byte[] expected, Set<String> brought, Instant at) {
    writes.addFirst(new Write(place, expected, brought, at));
    size += expected.length;
    while (size > MAX_BYTES) {
      size -= writes.removeLast().expected().length;
    }
  }

  /// What a displaced save was made from: the version that was expected in its place, or what is
  /// left of that without lines that came a moment before.
  Optional<byte[]> findBase(byte[] save, Path place, Instant now) {
    var older = writes.iterator();
    while (older.hasNext()) {
      var write = older.next();
      if (write.place().equals(place)) {
        return Optional.of(without(write.expected(), unseen(save, older, now)));
      }
    }
    return Optional.empty();
  }

  /// What a save under the file's name was made from, if not from this last version.
  Optional<byte[]> findBase(byte[] save, byte[] last, Instant now) {
    var unseen = unseen(save, writes.iterator(), now);
    return unseen.isEmpty() ? Optional.empty() : Optional.of(without(last, unseen));
  }

  /// Lines that writes of the last moment brought of which the save shows nothing.
  private static Set<String> unseen(byte[] save, Iterator<Write> newestFirst, Instant now) {
    var unseen = new HashSet<String>();
    var shown = Set.<String>of();
    while (newestFirst.hasNext()) {
      var write = newestFirst.next();
      if (write.at().plus(MOMENT).isBefore(now)) {
        return unseen;
      }
      if (!write.brought().isEmpty()) {
        shown = shown.isEmpty() ? keys(save, 0, save.length) : shown;
        if (Collections.disjoint(write.brought(), shown)) {
          unseen.addAll(write.brought());
        }
      }
    }
    return unseen;
  }

  private static byte[] without(byte[] text, Set<String> keys) {
    var rest = new StringBuilder();
    for (var line : new String(text, ISO_8859_1).split("(?<=\n)")) {
      if (!keys.contains(key(line))) {
        rest.append(line);
      }
    }
    return rest.toString().getBytes(ISO_8859_1);
  }

  /// The lines that are new, whatever their marks.
  static Set<String> brought(byte[] before, byte[] after) {
    var head = Arrays.mismatch(before, after);
    if (head < 0) {
      return Set.of();
    }
    while (head > 0 && after[head - 1] != '\n') {
      head--;
    }
    var tail = Bytes.commonTail(before, after, head);
    while (tail > 0 && tail < after.length && after[after.length - tail - 1] != '\n') {
      tail--;
    }
    var brought = keys(after, head, after.length - tail);
    brought.removeAll(keys(before, head, before.length - tail));
    return brought;
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
