package adw.git;

/// What became of removing a worktree. Its branch stays in any case.
public sealed interface RemoveResult {
  record Removed() implements RemoveResult {}

  /// There is work that is saved nowhere.
  record Refused(String reason) implements RemoveResult {}
}
