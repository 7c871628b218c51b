package adw.git;

import java.util.Optional;

/// What git knows of one file at one moment: two moments that differ tell that git was at work.
///
/// @param branch the branch checked out in the file's worktree
/// @param commit the commit checked out
/// @param entry the file's entries in the index (mode, blob, stage); "" if it is not tracked
/// @param doing a merge, rebase, cherry-pick … in progress
public record FileGitState(
    Optional<String> branch, Optional<String> commit, String entry, Optional<String> doing) {
  /// What a file outside any worktree gets.
  public static final FileGitState NONE =
      new FileGitState(Optional.empty(), Optional.empty(), "", Optional.empty());

  public boolean isTracked() {
    return !entry.isEmpty();
  }

  /// HEAD or the index entry has moved since `earlier`.
  public boolean hasMovedSince(FileGitState earlier) {
    return !branch.equals(earlier.branch)
        || !commit.equals(earlier.commit)
        || !entry.equals(earlier.entry);
  }
}
