package adw.git;

import java.util.Optional;

/// What became of making a worktree.
public sealed interface CreateResult {
  /// @param warning what a hook had against it: the worktree stands, as with git
  record Made(Worktree worktree, Optional<String> warning) implements CreateResult {
    Made(Worktree worktree) {
      this(worktree, Optional.empty());
    }
  }

  /// Something is in the way that only a person may clear; nothing was changed.
  record Refused(String reason) implements CreateResult {}
}
