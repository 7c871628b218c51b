package adw.git;

/// What a worktree has checked out, as seen from the branch that its run was given.
public sealed interface Head {
  record OnBranch(String tip) implements Head {}

  record OtherBranch(String branch, String tip) implements Head {}

  record Detached(String tip) implements Head {}

  /// In the middle of a merge, rebase, cherry-pick, revert or bisect.
  record Busy(String doing) implements Head {}

  /// On a branch without a commit, not the run's own.
  record Unborn(String branch) implements Head {}

  /// The folder, its `.git`, its registration or its branch is gone.
  record Missing(String why) implements Head {}
}
