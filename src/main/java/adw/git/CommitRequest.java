package adw.git;

import java.util.Set;

/// A commit to be made of all changes in a worktree.
///
/// @param leftOut paths (with everything below them) that are never committed: what set-up copied,
///   the task file
/// @param sign whether `commit.gpgsign` counts
public record CommitRequest(
    String message, Set<String> leftOut, long maxFileBytes, int maxNewFiles, boolean sign) {
  private static final long MAX_FILE_BYTES = 50L << 20;
  private static final int MAX_NEW_FILES = 5_000;

  public CommitRequest {
    leftOut = Set.copyOf(leftOut);
  }

  public static CommitRequest of(String message, Set<String> leftOut) {
    return new CommitRequest(message, leftOut, MAX_FILE_BYTES, MAX_NEW_FILES, false);
  }

  public CommitRequest signed() {
    return new CommitRequest(message, leftOut, maxFileBytes, maxNewFiles, true);
  }
}
