package adw.task.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import adw.task.TaskDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Takes over what a person changed in one version into a later version of ours, line by line: what
/// either added is kept, what the person wrote instead of a line stands. A task is the same line
/// whatever its mark.
final class ThreeWayMerge {
  private static final long MAX_COMPARED = 4_000_000;

  /// Before the key of each line that is a task.
  private static final String TASK = "[] ";

  private final boolean keepsTheirs;
  private final List<String> base;
  private final List<String> keys;
  private final Side ours;
  private final Side theirs;
  private final Map<String, Integer> addedByUs = new HashMap<>();
  private final Set<String> addedTasks = new HashSet<>();
  private final StringBuilder merged = new StringBuilder();

  /// A version beside the base.
  ///
  /// @param at the line that stands for each of the base, or -1
  @SuppressWarnings("ArrayRecordComponent")
  private record Side(List<String> lines, List<String> keys, int[] at) {
    /// The keys of lines that stand for none of the base.
    List<String> added() {
      var isOld = new BitSet();
      Arrays.stream(at).filter(line -> line >= 0).forEach(isOld::set);
      return IntStream.range(0, keys.size())
          .filter(i -> !isOld.get(i))
          .mapToObj(keys::get)
          .toList();
    }
  }

  private ThreeWayMerge(
      List<String> base, List<String> keys, Side ours, Side theirs, boolean keepsTheirs) {
    this.keepsTheirs = keepsTheirs;
    this.base = base;
    this.keys = keys;
    this.ours = ours;
    this.theirs = theirs;
    ours.added().forEach(key -> addedByUs.merge(key, 1, Integer::sum));
    addedByUs.keySet().stream().filter(key -> key.startsWith(TASK)).forEach(addedTasks::add);
  }

  /// Empty if the texts differ in too many lines to be compared.
  ///
  /// @param keepsTheirs marks that we changed meanwhile stay as they are in theirs
  static Optional<byte[]> of(
      TaskDocument base, TaskDocument ours, TaskDocument theirs, boolean keepsTheirs) {
    var keys = keys(base);
    var our = side(keys, ours);
    var their = side(keys, theirs);
    return our.isEmpty() || their.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ThreeWayMerge(lines(base), keys, our.get(), their.get(), keepsTheirs).run());
  }

  /// With their endings.
  private static List<String> lines(TaskDocument document) {
    var text = new String(document.bytes(), ISO_8859_1);
    var lines = new ArrayList<String>();
    for (var at = 0; at < text.length(); ) {
      var newline = text.indexOf('\n', at);
      var end = newline < 0 ? text.length() : newline + 1;
      lines.add(text.substring(at, end));
      at = end;
    }
    return lines;
  }

  private static List<String> keys(TaskDocument document) {
    var tasks = new HashMap<Integer, String>();
    document.tasks().forEach(task -> tasks.put(task.line() - 1, TASK + LineMatching.key(task)));
    var keys = new ArrayList<String>();
    for (var line : lines(document)) {
      keys.add(tasks.getOrDefault(keys.size(), line.stripTrailing()));
    }
    return keys;
  }

  private static Optional<Side> side(List<String> base, TaskDocument document) {
    var keys = keys(document);
    return align(base, keys).map(at -> new Side(lines(document), keys, at));
  }

  private static Optional<int[]> align(List<String> base, List<String> other) {
    var at = new int[base.size()];
    Arrays.fill(at, -1);
    var least = Math.min(base.size(), other.size());
    var head = 0;
    while (head < least && base.get(head).equals(other.get(head))) {
      at[head] = head++;
    }
    var tail = 0;
    while (tail < least - head
        && base.get(base.size() - 1 - tail).equals(other.get(other.size() - 1 - tail))) {
      at[base.size() - 1 - tail] = other.size() - 1 - tail++;
    }
    var left = base.subList(head, base.size() - tail);
    var right = other.subList(head, other.size() - tail);
    if ((long) left.size() * right.size() > MAX_COMPARED) {
      return Optional.empty();
    }
    alignMiddle(left, right, head, at);
    return Optional.of(at);
  }

  private static void alignMiddle(List<String> left, List<String> right, int head, int[] at) {
    var longest = LineMatching.longest(left, right);
    var i = 0;
    var j = 0;
    while (i < left.size() && j < right.size()) {
      if (left.get(i).equals(right.get(j))) {
        at[head + i++] = head + j++;
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
  }

  private byte[] run() {
    var our = 0;
    var their = 0;
    for (var i = 0; i < base.size(); i++) {
      var ourNext = Math.max(our, ours.at[i]);
      var theirNext = Math.max(their, theirs.at[i]);
      addNew(our, ourNext, their, theirNext);
      addOld(i);
      our = ours.at[i] < 0 ? ourNext : ourNext + 1;
      their = theirs.at[i] < 0 ? theirNext : theirNext + 1;
    }
    addNew(our, ours.lines.size(), their, theirs.lines.size());
    return merged.toString().getBytes(ISO_8859_1);
  }

  /// What both added is there once: whoever saves twice in a row adds it to two versions of ours.
  private void addNew(int our, int ourEnd, int their, int theirEnd) {
    ours.lines.subList(our, ourEnd).forEach(this::add);
    for (var i = their; i < theirEnd; i++) {
      var key = theirs.keys.get(i);
      if (key.isBlank() || !takeOne(key)) {
        add(theirs.lines.get(i));
      }
    }
  }

  private boolean takeOne(String key) {
    var isThere = addedByUs.getOrDefault(key, 0) > 0;
    if (isThere) {
      addedByUs.merge(key, -1, Integer::sum);
    }
    return isThere;
  }

  private void addOld(int index) {
    var was = base.get(index);
    if (theirs.at[index] >= 0 && !isMovedByUs(index)) {
      var now = theirs.lines.get(theirs.at[index]);
      var isChanged = !now.stripTrailing().equals(was.stripTrailing());
      if (isChanged || (keepsTheirs && ours.at[index] >= 0)) {
        add(now);
      } else if (ours.at[index] >= 0) {
        add(ours.lines.get(ours.at[index]));
      }
    }
  }

  /// A task that went to Done stands there, and not here as well.
  private boolean isMovedByUs(int index) {
    return ours.at[index] < 0 && addedTasks.contains(keys.get(index));
  }

  /// A last line without an ending gets one when another follows.
  private void add(String line) {
    if (!merged.isEmpty() && merged.charAt(merged.length() - 1) != '\n') {
      merged.append('\n');
    }
    merged.append(line);
  }
}
