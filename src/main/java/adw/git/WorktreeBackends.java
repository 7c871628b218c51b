package adw.git;

import adw.git.config.RepositoryPaths;
import java.io.IOException;

/// Who does the work in a worktree: we, where that is known to give git's own result, else git.
final class WorktreeBackends {
  private final RepositoryParts repository;
  private final CreateStep steps;

  WorktreeBackends(RepositoryParts repository, CreateStep steps) {
    this.repository = repository;
    this.steps = steps;
  }

  WorktreeBackend of(RepositoryPaths worktree) throws IOException {
    return SupportedFeatures.of(repository, worktree).isOwn()
        ? new JavaBackend(repository, steps)
        : new GitBackend(repository);
  }

  WorktreeBackend of(WorktreeFolder worktree) throws IOException {
    return of(worktree.place());
  }
}
