package adw.daemon.attempt;

import adw.git.ReadyWorktree;
import adw.git.content.CopiedFiles;
import java.util.Optional;

/// What a run to come will find: its id and a worktree of its own, made before there is a task.
///
/// @param port first of the ten that are leased to it
/// @param setUpAt the commit at which set-up ran in it; empty if the run has to do that
record ReadyRun(
    String id, int port, ReadyWorktree worktree, CopiedFiles copies, Optional<String> setUpAt) {}
