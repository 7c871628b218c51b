package adw.git;

import java.nio.file.Path;

/// A worktree to be made.
///
/// @param start the commit where a new branch begins
public record NewWorktree(Path folder, String branch, String start, Kind kind) {
  /// FRESH: a run's own. SHARED: a named scope's, used again run after run from its branch's tip.
  public enum Kind {
    FRESH,
    SHARED
  }

  public NewWorktree {
    folder = folder.toAbsolutePath().normalize();
  }

  public static NewWorktree fresh(Path folder, String branch, String start) {
    return new NewWorktree(folder, branch, start, Kind.FRESH);
  }

  public static NewWorktree shared(Path folder, String branch, String start) {
    return new NewWorktree(folder, branch, start, Kind.SHARED);
  }
}
