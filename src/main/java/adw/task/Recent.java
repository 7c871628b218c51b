package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
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

  /// The version that a displaced save was made from: what was expected in its place, or an earlier
  /// one.
  Optional<byte[]> findBase(byte[] save, Path place, Instant now) {
    var older = writes.iterator();
    while (older.hasNext()) {
      var write = older.next();
      if (write.place().equals(place)) {
        return Optional.of(findBase(save, older, now).orElse(write.expected()));
      }
    }
    return Optional.empty();
  }

  /// The version that a save under the file's name was made from, if not from our last one.
  Optional<byte[]> findBase(byte[] save, Instant now) {
    return findBase(save, writes.iterator(), now);
  }

  /// Back to before the first write of the last moment whose lines the save does not show.
  private static Optional<byte[]> findBase(byte[] save, Iterator<Write> newest, Instant now) {
    var base = Optional.<byte[]>empty();
    while (newest.hasNext()) {
      var write = newest.next();
      if (write.at().plus(MOMENT).isBefore(now) || isShown(write, save)) {
        return base;
      }
      if (!write.brought().isEmpty()) {
        base = Optional.of(write.expected());
      }
    }
    return base;
  }

  private static boolean isShown(Write write, byte[] save) {
    return !write.brought().isEmpty()
        && write.brought().stream().anyMatch(lines(save, 0, save.length)::contains);
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
    var brought = lines(after, head, after.length - tail);
    brought.removeAll(lines(before, head, before.length - tail));
    return brought;
  }

  /// Lines without what stands before a first `]`, and without a reason: marks and reasons are
  /// ours.
  private static Set<String> lines(byte[] text, int from, int to) {
    var lines = new HashSet<String>();
    for (var line : new String(text, from, to - from, ISO_8859_1).split("\n")) {
      var reason = line.lastIndexOf(" // ");
      var end = reason < 0 ? line.length() : reason;
      var key = line.substring(line.indexOf(']') + 1, Math.max(end, line.indexOf(']') + 1));
      if (!key.isBlank()) {
        lines.add(key.strip());
      }
    }
    return lines;
  }
}
