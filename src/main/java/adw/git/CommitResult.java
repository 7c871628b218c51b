package adw.git;

/// What became of "commit everything here".
public sealed interface CommitResult {
  record Made(String id) implements CommitResult {}

  /// There was nothing to commit.
  record Nothing() implements CommitResult {}

  /// A hook, the signing program or git itself said no: its words. Nothing is lost, nothing
  /// committed.
  record HookFailed(String reason) implements CommitResult {}

  /// All was committed, and yet the files are not as they are committed: which, and whose doing it
  /// is.
  record Unclean(String reason) implements CommitResult {}

  /// Too many or too large files; which.
  record TooMuch(String reason) implements CommitResult {}
}
