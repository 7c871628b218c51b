package adw.git;

/// What became of removing a worktree. Its branch stays in any case.
public sealed interface Removal {
  record Removed() implements Removal {}

  /// There is work that is saved nowhere.
  record Refused(String reason) implements Removal {}
}
