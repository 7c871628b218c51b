package adw.git;

import java.util.Set;

/// A path that differs from what is committed. A folder that git does not know ends in "/" only if
/// it is a repository of its own.
public record Change(String path, Kind kind) {
  /// NEW is a file that git does not know yet, CHANGED also one that is gone or staged.
  public enum Kind {
    NEW,
    CHANGED,
    REPOSITORY
  }

  boolean isLeftOut(Set<String> leftOut) {
    return leftOut.stream().anyMatch(out -> path.equals(out) || path.startsWith(out + "/"));
  }
}
