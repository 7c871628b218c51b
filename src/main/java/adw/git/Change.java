package adw.git;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A path that differs from what is committed. A folder that git does not know ends in "/" only if
/// it is a repository of its own.
public record Change(String path, Kind kind) {
  private static final int NAMED = 3;

  /// NEW is a file that git does not know yet, CHANGED also one that is gone or staged.
  public enum Kind {
    NEW,
    CHANGED,
    REPOSITORY
  }

  /// The first three, and how many more there are.
  static String names(List<Change> changes) {
    var more = changes.size() > NAMED ? " and " + (changes.size() - NAMED) + " more" : "";
    return changes.stream().limit(NAMED).map(Change::path).collect(Collectors.joining(", ")) + more;
  }

  boolean isLeftOut(Set<String> leftOut) {
    return leftOut.stream().anyMatch(out -> path.equals(out) || path.startsWith(out + "/"));
  }
}
