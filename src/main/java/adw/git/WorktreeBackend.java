package adw.git;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// How the work in a worktree is done: by the `git` program, or by ourselves where that is known to
/// give the same result.
interface WorktreeBackend {
  /// Nothing is in the way any more; what fails takes back what it made, and no more. Gives what a
  /// hook had against the worktree that was made.
  Optional<String> create(NewWorktree request, WorktreeFolder planned)
      throws IOException, InterruptedException;

  List<Change> status(WorktreeFolder worktree) throws IOException, InterruptedException;

  CommitResult commitAll(WorktreeFolder worktree, CommitRequest request, Hooks hooks)
      throws IOException, InterruptedException;

  /// The tree of all files that git does not ignore, as they are now; the index is not touched.
  String writeFiles(WorktreeFolder worktree) throws IOException, InterruptedException;

  /// Index and files as in this commit, new files gone, ignored ones kept; HEAD is there already.
  void reset(WorktreeFolder worktree, String commit) throws IOException, InterruptedException;

  /// Whether the repository's hooks are called.
  enum Hooks {
    CALLED,
    SKIPPED
  }
}
