package adw.git;

/// What became of making a worktree.
public sealed interface Creation {
  record Made(Worktree worktree) implements Creation {}

  /// Something is in the way that only a person may clear; nothing was changed.
  record Refused(String reason) implements Creation {}
}
