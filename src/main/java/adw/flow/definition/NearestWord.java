package adw.flow.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The known name that a mistyped one probably means.
final class NearestWord {
  private NearestWord() {}

  static Optional<String> to(String name, Collection<String> known) {
    if (name.length() > 60) {
      return Optional.empty();
    }
    return known.stream()
        .filter(other ->
            distance(name, other) <= Math.max(1, Math.min(name.length(), other.length()) / 2))
        .min(Comparator.comparingInt(other -> distance(name, other)));
  }

  /// ` (do you mean 'x'?)`, or nothing.
  static String hint(String name, Collection<String> known) {
    return to(name, known).map(other -> "do you mean '" + other + "'?").orElse("");
  }

  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 8) {
      return Integer.MAX_VALUE;
    }
    var previous = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var row = new int[b.length() + 1];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
