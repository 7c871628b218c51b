package adw.git;

import adw.git.config.WorktreeAdmin;
import adw.os.FileTrees;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Removes a worktree, files first and its registration last: a crash in between leaves something
/// that git can name and `prune`.
final class WorktreeRemoval {
  private final RepositoryParts repository;
  private final WorktreeBackends backends;
  private final WorktreeFolder worktree;

  WorktreeRemoval(RepositoryParts repository, WorktreeBackends backends, WorktreeFolder worktree) {
    this.repository = repository;
    this.backends = backends;
    this.worktree = worktree;
  }

  RemoveResult remove(Optional<SavedWork> saved) throws IOException, InterruptedException {
    var registration = worktree.registration();
    if (registration.isEmpty()) {
      return new RemoveResult.Refused(worktree.folder() + " is no worktree of this repository");
    }
    var lock = registration.get().lockReason();
    if (lock.isPresent()) {
      return new RemoveResult.Refused(
          worktree.folder() + " is locked: " + lock.get() + " (cure: git worktree unlock)");
    }
    var unsaved = unsaved(registration.get(), saved);
    if (unsaved.isPresent()) {
      return new RemoveResult.Refused(unsaved.get());
    }
    new StaleWorktrees(repository).keepDetached(registration.get());
    FileTrees.delete(worktree.folder());
    FileTrees.delete(registration.get().admin());
    return new RemoveResult.Removed();
  }

  private Optional<String> unsaved(WorktreeAdmin registration, Optional<SavedWork> saved)
      throws IOException, InterruptedException {
    if (!registration.isWhole() && InnerWork.isAnythingIn(worktree.folder())) {
      return Optional.of(
          "its .git does not lead to this repository, so nobody can tell what is saved of it (cure: git worktree repair %s)"
              .formatted(worktree.folder()));
    }
    var unsaved = registration.isWhole() ? unsaved(saved) : Optional.<String>empty();
    return unsaved.isPresent()
        ? unsaved
        : new InnerWork(repository, worktree.folder(), registration.admin()).save();
  }

  private Optional<String> unsaved(Optional<SavedWork> saved)
      throws IOException, InterruptedException {
    var changes = backends.of(worktree).status(worktree);
    var repositories =
        changes.stream().filter(change -> change.kind() == Change.Kind.REPOSITORY).toList();
    if (!repositories.isEmpty()) {
      return Optional.of("holds a repository of its own: " + Change.names(repositories));
    }
    if (changes.isEmpty() || isIn(saved)) {
      return Optional.empty();
    }
    return Optional.of("has changes that are saved nowhere: " + Change.names(changes));
  }

  private boolean isIn(Optional<SavedWork> saved) throws IOException, InterruptedException {
    var tree = saved.flatMap(SavedWork::filesTree);
    return tree.isPresent()
        && ObjectId.fromString(tree.get())
            .equals(ObjectId.fromString(backends.of(worktree).writeFiles(worktree)));
  }
}
