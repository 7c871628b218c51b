package adw.task.file;

import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.TaskRows;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which task of the last version is which task of a save: by run, by name, by equal text in order,
/// by equal text elsewhere, by most of its words in the same place, and a line of ours by nearly
/// all of them elsewhere.
final class LineMatching {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  static final double SAME_WORDS = 0.6;
  private static final double NEARLY_ALL_WORDS = 0.8;

  /// Above this many comparisons, order is kept among equal texts only.
  private static final int MAX_COMPARED = 4_000_000;

  private static final int MAX_WORDS_COMPARED = 1_000_000;

  private final TaskRows rowsBefore;
  private final TaskRows rowsAfter;
  private final List<Task> before;
  private final List<Task> after;
  private final int[] to;
  private final int[] from;

  /// Of lines that are surely others, however alike they read: the task of the save, or -1.
  private final int[] like;

  private final Set<Integer> likes = new HashSet<>();
  private final Map<Integer, Set<String>> wordsAfter = new HashMap<>();
  private int start;
  private int end;
  private int compared;

  private LineMatching(TaskRows before, TaskRows after) {
    this.rowsBefore = before;
    this.rowsAfter = after;
    this.before = before.tasks();
    this.after = after.tasks();
    this.to = new int[before.size()];
    this.from = new int[after.size()];
    Arrays.fill(to, -1);
    this.like = new int[before.size()];
    Arrays.fill(from, -1);
    Arrays.fill(like, -1);
  }

  /// Lines that are surely the same. `run` names the run of a line, or its line in the journal
  /// where a retry gave it another run.
  static LineMatching of(
      TaskDocument before, TaskDocument after, Function<Task, Optional<String>> run) {
    var matching = new LineMatching(before.rows(), after.rows());
    matching.matchEnds();
    matching.matchFirst(run);
    matching.matchFirst(Task::name);
    matching.matchInOrder();
    matching.matchEach(LineMatching::key);
    return matching;
  }

  /// Whether a line of the last version has no pair.
  boolean hasLost() {
    return open(to, before.size()).length > 0;
  }

  /// Lines that were reworded. One of the last version that the save's author cannot have known is
  /// found only if words were added to it or taken away: one that reads alike is another line.
  ///
  /// @param isOurs the journal knows the line
  /// @param isOther the second is surely another line than the first, however alike they read
  void matchReworded(
      Predicate<Task> isUnseen, Predicate<Task> isOurs, BiPredicate<Task, Task> isOther) {
    matchByWords(isUnseen, isOther);
    matchOurs(isUnseen, isOurs, isOther);
  }

  /// The text that makes two lines equal.
  static String key(Task task) {
    return key(task.text());
  }

  static String key(String text) {
    var key = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        key.append(text.charAt(i));
      }
    }
    return key.toString();
  }

  /// The task of the save, or -1.
  int to(int beforeIndex) {
    return to[beforeIndex];
  }

  /// The task of the last version, or -1.
  int from(int afterIndex) {
    return from[afterIndex];
  }

  /// What a line of the last version that has no pair reads like, and is not.
  Optional<Task> findLike(int beforeIndex) {
    return like[beforeIndex] < 0 ? Optional.empty() : Optional.of(after.get(like[beforeIndex]));
  }

  /// Of several lines each has its own.
  private void noteLike(int left, int right) {
    if (like[left] < 0 && likes.add(right)) {
      like[left] = right;
    }
  }

  /// The pair of one line becomes that of another.
  void give(int fromBefore, int toBefore) {
    var index = to[fromBefore];
    to[fromBefore] = -1;
    pair(toBefore, index);
  }

  private void pair(int left, int right) {
    to[left] = right;
    from[right] = left;
  }

  private void matchEnds() {
    var least = Math.min(before.size(), after.size());
    while (start < least && isSame(start, start)) {
      pair(start, start);
      start++;
    }
    while (end < least - start && isSame(last(before), last(after))) {
      pair(last(before), last(after));
      end++;
    }
  }

  private int last(List<Task> tasks) {
    return tasks.size() - 1 - end;
  }

  private boolean isSame(int left, int right) {
    return rowsBefore.isWrittenLike(left, rowsAfter, right)
        || isSame(before.get(left), after.get(right));
  }

  private static boolean isSame(Task one, Task other) {
    return one.marker().equals(other.marker())
        && one.text().equals(other.text())
        && one.name().equals(other.name());
  }

  /// The first that has it keeps it.
  private void matchFirst(Function<Task, Optional<String>> property) {
    var open = new HashMap<String, Integer>();
    for (var i = start; i < after.size() - end; i++) {
      if (from[i] < 0) {
        var index = i;
        property.apply(after.get(i)).ifPresent(value -> open.putIfAbsent(value, index));
      }
    }
    for (var i = start; i < before.size() - end; i++) {
      if (to[i] < 0) {
        var index = property.apply(before.get(i)).map(open::remove);
        if (index.isPresent()) {
          pair(i, index.get());
        }
      }
    }
  }

  /// The longest common subsequence of what is left.
  private void matchInOrder() {
    var left = open(to, before.size());
    var right = open(from, after.size());
    if ((long) left.length * right.length > MAX_COMPARED) {
      return;
    }
    var keysLeft = Arrays.stream(left).mapToObj(i -> key(before.get(i))).toList();
    var keysRight = Arrays.stream(right).mapToObj(i -> key(after.get(i))).toList();
    var longest = longest(keysLeft, keysRight);
    var i = 0;
    var j = 0;
    while (i < left.length && j < right.length) {
      if (keysLeft.get(i).equals(keysRight.get(j))) {
        pair(left[i++], right[j++]);
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
  }

  /// Lengths of the longest common subsequence of what begins at each pair of places.
  static int[][] longest(List<String> left, List<String> right) {
    var longest = new int[left.size() + 1][right.size() + 1];
    for (var i = left.size() - 1; i >= 0; i--) {
      for (var j = right.size() - 1; j >= 0; j--) {
        longest[i][j] =
            left.get(i).equals(right.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }

  private int[] open(int[] pairs, int size) {
    return java.util.stream.IntStream.range(start, size - end).filter(i -> pairs[i] < 0).toArray();
  }

  private void matchEach(Function<Task, String> property) {
    Map<String, Deque<Integer>> open = new HashMap<>();
    for (var i : open(from, after.size())) {
      open.computeIfAbsent(property.apply(after.get(i)), _ -> new ArrayDeque<>()).add(i);
    }
    for (var i : open(to, before.size())) {
      var candidates = open.get(property.apply(before.get(i)));
      if (candidates != null && !candidates.isEmpty()) {
        pair(i, candidates.remove());
      }
    }
  }

  private void matchByWords(Predicate<Task> isUnseen, BiPredicate<Task, Task> isOther) {
    compared = 0;
    var above = start - 1;
    for (var i = start; i < before.size() - end; i++) {
      if (to[i] < 0) {
        var was = before.get(i);
        matchByWords(i, above + 1, isUnseen.test(was), now -> isOther.test(was, now));
      }
      above = to[i] < 0 ? above : to[i];
    }
  }

  /// The region of the save that stands for what is gone here begins at `region`.
  private void matchByWords(int gone, int region, boolean mustHoldAll, Predicate<Task> isOther) {
    var words = words(before.get(gone));
    for (var j = region; j < after.size() && from[j] < 0 && mayCompare(); j++) {
      if (reworded(words, wordsAfter(j), mustHoldAll) >= SAME_WORDS) {
        if (!isOther.test(after.get(j))) {
          pair(gone, j);
          return;
        }
        noteLike(gone, j);
      }
    }
  }

  /// A save in which thousands of lines are other ones must not hold up everybody.
  private boolean mayCompare() {
    return compared++ < MAX_WORDS_COMPARED;
  }

  private Set<String> wordsAfter(int index) {
    return wordsAfter.computeIfAbsent(index, j -> words(after.get(j)));
  }

  /// A line that we marked or brought, moved and reworded a little in one save, must not be there
  /// twice: it would run twice.
  private void matchOurs(
      Predicate<Task> isUnseen, Predicate<Task> isOurs, BiPredicate<Task, Task> isOther) {
    compared = 0;
    var open =
        Arrays.stream(open(from, after.size()))
            .filter(j -> after.get(j).mark().id().isEmpty())
            .toArray();
    for (var i : open(to, before.size())) {
      if (isOurs.test(before.get(i))) {
        var words = words(before.get(i));
        var mustHoldAll = isUnseen.test(before.get(i));
        Arrays.stream(open)
            .takeWhile(_ -> mayCompare())
            .filter(j -> from[j] < 0)
            .filter(j -> reworded(words, wordsAfter(j), mustHoldAll) > NEARLY_ALL_WORDS)
            .filter(j -> isPair(i, j, isOther))
            .findFirst()
            .ifPresent(j -> pair(i, j));
      }
    }
  }

  private boolean isPair(int left, int right, BiPredicate<Task, Task> isOther) {
    var isOne = !isOther.test(before.get(left), after.get(right));
    if (!isOne) {
      noteLike(left, right);
    }
    return isOne;
  }

  /// The share of the words that both have; none if some were exchanged that must not be.
  private static double reworded(Set<String> words, Set<String> others, boolean mustHoldAll) {
    var holdsAll = words.containsAll(others) || others.containsAll(words);
    return mustHoldAll && !holdsAll ? 0 : share(words, others);
  }

  static double share(Set<String> one, Set<String> other) {
    var common = one.stream().filter(other::contains).count();
    return one.isEmpty() || other.isEmpty()
        ? 0
        : (double) common / Math.max(one.size(), other.size());
  }

  private static Set<String> words(Task task) {
    var words = NO_WORD.splitAsStream(task.text().toLowerCase(Locale.ROOT));
    var found = new HashSet<>(words.toList());
    found.remove("");
    return found;
  }
}
