package adw.task;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds what somebody probably meant.
public final class SpellingHint {
  private static final int SHORTEST = 4;

  private SpellingHint() {}

  /// A known word that is one slip away: a letter more, less, other, or two swapped.
  public static Optional<String> findClose(String word, Set<String> known) {
    return known.stream().sorted().filter(other -> isClose(word, other)).findFirst();
  }

  private static boolean isClose(String a, String b) {
    if (a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT))) {
      return true;
    }
    if (Math.min(a.length(), b.length()) < SHORTEST || Math.abs(a.length() - b.length()) > 1) {
      return false;
    }
    var same = sharedStart(a, b);
    var restA = a.substring(same);
    var restB = b.substring(same);
    return tail(restA, 1).equals(tail(restB, 1))
        || tail(restA, 1).equals(restB)
        || restA.equals(tail(restB, 1))
        || isSwapped(restA, restB);
  }

  private static int sharedStart(String a, String b) {
    var at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    return at;
  }

  private static boolean isSwapped(String a, String b) {
    return a.length() > 1
        && b.length() > 1
        && a.charAt(0) == b.charAt(1)
        && a.charAt(1) == b.charAt(0)
        && tail(a, 2).equals(tail(b, 2));
  }

  private static String tail(String text, int from) {
    return text.substring(Math.min(from, text.length()));
  }
}
