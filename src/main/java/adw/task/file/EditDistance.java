package adw.task.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How much of a text is not in another: the words of lines that only one of both has. Of a line to
/// which words were added, or from which some were taken, those words alone count; one in which
/// words were exchanged is another line, however alike both read.
final class EditDistance {
  /// Above this many comparisons each line is another.
  private static final int MAX_COMPARED = 1_000_000;

  private EditDistance() {}

  static int between(List<String> one, List<String> other) {
    var left = without(one, other);
    var right = without(other, one);
    var isComparable = (long) left.size() * right.size() <= MAX_COMPARED;
    var distance = 0;
    for (var words : left) {
      var same =
          isComparable
              ? right.stream().filter(it -> isReworded(words, it)).findFirst()
              : Optional.<Set<String>>empty();
      distance += same.map(it -> Math.abs(words.size() - it.size())).orElse(words.size());
      same.ifPresent(right::remove);
    }
    return distance + right.stream().mapToInt(Set::size).sum();
  }

  /// The words of each line that the others have not.
  private static List<Set<String>> without(List<String> lines, List<String> others) {
    var counts = new HashMap<String, Integer>();
    others.forEach(line -> counts.merge(line, 1, Integer::sum));
    var rest = new ArrayList<Set<String>>();
    for (var line : lines) {
      if (counts.merge(line, -1, Integer::sum) < 0) {
        rest.add(words(line));
      }
    }
    return rest;
  }

  private static boolean isReworded(Set<String> words, Set<String> others) {
    return (words.containsAll(others) || others.containsAll(words))
        && LineMatching.share(words, others) >= LineMatching.SAME_WORDS;
  }

  private static Set<String> words(String line) {
    return new HashSet<>(Arrays.asList(line.strip().split("\\s+")));
  }
}
