package adw.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The name that was probably meant, in any case of its letters.
public final class NearestName {
  /// Nobody types longer names, and to compare them takes long.
  private static final int LONGEST = 60;

  /// With fewer letters a slip leads to too many words.
  private static final int SHORTEST_SLIP = 4;

  private NearestName() {}

  /// The closest of the names, if it is close: one slip in three letters. A slip is a letter more,
  /// less or other, or two neighbours swapped.
  public static Optional<String> find(String typed, Collection<String> names) {
    var most = Math.max(1, typed.length() / 3);
    return names.stream()
        .filter(name -> distance(typed, name, most) <= most)
        .min(Comparator.comparingInt(name -> distance(typed, name, most)));
  }

  /// The first of the names that was almost surely meant: it differs in one slip at most.
  public static Optional<String> findSlip(String typed, Collection<String> names) {
    return names.stream().filter(name -> isSlip(typed, name)).min(Comparator.naturalOrder());
  }

  private static boolean isSlip(String typed, String name) {
    var most = Math.min(typed.length(), name.length()) < SHORTEST_SLIP ? 0 : 1;
    return distance(typed, name, most) <= most;
  }

  /// `did you mean 'status'?`, or "" when nothing is near.
  public static String hint(String typed, Collection<String> names) {
    return find(typed, names).map(name -> question("'" + name + "'")).orElse("");
  }

  /// The hint in brackets behind a blank, or the other cure when nothing is near.
  public static String cure(String typed, Collection<String> names, String otherwise) {
    var hint = hint(typed, names);
    var cure = hint.isEmpty() ? otherwise : hint;
    return cure.isEmpty() ? "" : " (" + cure + ")";
  }

  /// `did you mean #opus?`
  public static String question(String name) {
    return "did you mean " + name + "?";
  }

  /// How many slips lead from one to the other; where it is surely more than `most`, any number
  /// above that.
  private static int distance(String from, String to, int most) {
    if (Math.abs(from.length() - to.length()) > most || from.length() > LONGEST) {
      return most + 1;
    }
    var rows = new int[from.length() + 1][to.length() + 1];
    for (var i = 0; i <= from.length(); i++) {
      for (var j = 0; j <= to.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, from, to, i, j);
      }
    }
    return rows[from.length()][to.length()];
  }

  private static int step(int[][] rows, String from, String to, int i, int j) {
    var replaced = rows[i - 1][j - 1] + (isSame(from, i - 1, to, j - 1) ? 0 : 1);
    var least = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
    var swapped =
        i > 1 && j > 1 && isSame(from, i - 1, to, j - 2) && isSame(from, i - 2, to, j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }

  private static boolean isSame(String one, int at, String other, int there) {
    return Character.toLowerCase(one.charAt(at)) == Character.toLowerCase(other.charAt(there));
  }
}
