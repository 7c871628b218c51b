package adw.git;

import java.io.IOException;
import java.util.Optional;

/// Makes a worktree, after clearing what stands in its way and may be cleared.
final class WorktreeCreation {
  private final RepositoryParts repository;
  private final WorktreeBackends backends;
  private final StaleWorktrees healing;

  WorktreeCreation(RepositoryParts repository, WorktreeBackends backends) {
    this.repository = repository;
    this.backends = backends;
    this.healing = new StaleWorktrees(repository);
  }

  CreateResult create(NewWorktree request) throws IOException, InterruptedException {
    if (request.kind() == NewWorktree.Kind.SHARED) {
      var there = findShared(request);
      if (there.isPresent()) {
        return there.get();
      }
    }
    var refusal = healing.refusalOfBranch(request);
    if (refusal.isEmpty()) {
      refusal = healing.clear(request);
    }
    if (refusal.isPresent()) {
      return new CreateResult.Refused(refusal.get());
    }
    var planned = worktree(request);
    var warning = backends.of(repository.place()).create(request, planned.onDisk());
    return new CreateResult.Made(planned, warning);
  }

  private Worktree worktree(NewWorktree request) {
    var folder = new WorktreeFolder(repository, request.folder(), request.branch());
    return new Worktree(repository, backends, folder);
  }

  /// The worktree of a named scope that an earlier run has left as it should be.
  private Optional<CreateResult> findShared(NewWorktree request)
      throws IOException, InterruptedException {
    var worktree = worktree(request);
    return switch (worktree.head()) {
      case Head.Missing _ -> Optional.empty();
      case Head.OnBranch _ -> Optional.of(clean(worktree));
      case Head.OtherBranch(var branch, _) -> refused(worktree, "is on branch " + branch);
      case Head.Unborn(var branch) ->
          refused(worktree, "is on branch " + branch + ", which has no commit");
      case Head.Detached _ -> refused(worktree, "is on no branch");
      case Head.Busy(var doing) -> refused(worktree, "is in the middle of a " + doing);
    };
  }

  private static Optional<CreateResult> refused(Worktree worktree, String why) {
    return Optional.of(new CreateResult.Refused(worktree.folder() + " " + why));
  }

  private static CreateResult clean(Worktree worktree) throws IOException, InterruptedException {
    var changes = worktree.status();
    return changes.isEmpty()
        ? new CreateResult.Made(worktree)
        : new CreateResult.Refused(
            "%s has changes that no run made: %s (cure: commit or stash them)"
                .formatted(worktree.folder(), Change.names(changes)));
  }
}
