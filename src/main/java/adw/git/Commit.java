package adw.git;

/// What became of "commit everything here".
public sealed interface Commit {
  record Made(String id) implements Commit {}

  /// There was nothing to commit.
  record Nothing() implements Commit {}

  /// A hook, the signing program or git itself said no: its words. Nothing is lost, nothing
  /// committed.
  record HookFailed(String reason) implements Commit {}

  /// All was committed, and yet the files are not as they are committed: which, and whose doing it
  /// is.
  record Unclean(String reason) implements Commit {}

  /// Too many or too large files; which.
  record TooMuch(String reason) implements Commit {}
}
