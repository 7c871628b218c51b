package adw.daemon.attempt;

import adw.git.Worktree;
import java.util.List;
import java.util.Optional;

/// What a run found made ahead, and has now.
///
/// @param port first of those that are leased to it already
/// @param copied paths of `.worktreeinclude`
/// @param setUpTree the files after set-up; empty if that is still to be run
record GivenWorktree(Worktree worktree, int port, List<String> copied, Optional<String> setUpTree) {
  GivenWorktree {
    copied = List.copyOf(copied);
  }
}
