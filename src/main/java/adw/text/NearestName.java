package adw.text;

import java.util.Collection;
import java.util.Optional;

/// The name that was probably meant.
public final class NearestName {
  private NearestName() {}

  /// The closest of the names, if it is close: one slip in three letters, a swap counting as one.
  static Optional<String> find(String typed, Collection<String> names) {
    var best = Optional.<String>empty();
    var least = Math.max(1, typed.length() / 3) + 1;
    for (var name : names) {
      var distance = distance(typed, name);
      if (distance < least) {
        least = distance;
        best = Optional.of(name);
      }
    }
    return best;
  }

  /// ` (did you mean 'status'?)`, or the other cure when nothing is near.
  public static String cure(String typed, Collection<String> names, String otherwise) {
    return find(typed, names)
        .map(name -> " (did you mean '" + name + "'?)")
        .orElse(otherwise.isEmpty() ? "" : " (" + otherwise + ")");
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
  private static int distance(String from, String to) {
    var rows = new int[from.length() + 1][to.length() + 1];
    for (var i = 0; i <= from.length(); i++) {
      for (var j = 0; j <= to.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, from, to, i, j);
      }
    }
    return rows[from.length()][to.length()];
  }

  private static int step(int[][] rows, String from, String to, int i, int j) {
    var replaced = rows[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    var least = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
    var swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }
}
