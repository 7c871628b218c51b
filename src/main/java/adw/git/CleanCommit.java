package adw.git;

import adw.git.config.Hooks;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/// Commits all there is and leaves nothing uncommitted: what a hook changed in the files meanwhile
/// is committed too, once. What is still not clean then is no commit of all.
final class CleanCommit {
  private final RepositoryParts repository;
  private final WorktreeBackends backends;
  private final WorktreeFolder worktree;
  private final CommitRequest request;

  CleanCommit(
      RepositoryParts repository,
      WorktreeBackends backends,
      WorktreeFolder worktree,
      CommitRequest request) {
    this.repository = repository;
    this.backends = backends;
    this.worktree = worktree;
    this.request = request;
  }

  CommitResult commit() throws IOException, InterruptedException {
    var commit = commitOnce(WorktreeBackend.Hooks.CALLED);
    if (!(commit instanceof CommitResult.Made)) {
      return judged(commit);
    }
    return changes().isEmpty() ? commit : judged(again(commit));
  }

  /// Whatever is changed after it.
  CommitResult commitOnce(WorktreeBackend.Hooks hooks) throws IOException, InterruptedException {
    return switch (worktree.head()) {
      case Head.OnBranch _ -> backends.of(worktree).commitAll(worktree, request, hooks);
      case Head.OtherBranch(var other, _) ->
          new CommitResult.HookFailed("HEAD is on branch " + other);
      case Head.Unborn(var other) ->
          new CommitResult.HookFailed("HEAD is on branch " + other + ", which has no commit");
      case Head.Detached(var tip) ->
          new CommitResult.HookFailed("HEAD is at " + abbreviated(tip) + ", on no branch");
      case Head.Busy(var doing) -> new CommitResult.HookFailed("in the middle of a " + doing);
      case Head.Missing(var why) -> new CommitResult.HookFailed(why);
    };
  }

  private String abbreviated(String commit) throws IOException {
    return new Commits(repository.store()).abbreviate(ObjectId.fromString(commit));
  }

  /// There may be nothing to commit in what is not clean: then the first commit stands.
  private CommitResult again(CommitResult first) throws IOException, InterruptedException {
    var second = commitOnce(WorktreeBackend.Hooks.CALLED);
    return second instanceof CommitResult.Nothing ? first : second;
  }

  private CommitResult judged(CommitResult commit) throws IOException, InterruptedException {
    return switch (commit) {
      case CommitResult.Made _, CommitResult.Nothing _ -> {
        var changes = changes();
        yield changes.isEmpty() ? commit : new CommitResult.Unclean(reason(changes));
      }
      case CommitResult.HookFailed _, CommitResult.TooMuch _, CommitResult.Unclean _ -> commit;
    };
  }

  private List<Change> changes() throws IOException, InterruptedException {
    return backends.of(worktree).status(worktree).stream()
        .filter(change -> !change.isLeftOut(request.leftOut()))
        .toList();
  }

  private String reason(List<Change> changes) throws IOException {
    var inner = innerOnly(changes);
    if (!inner.isEmpty()) {
      return "changes in a submodule are not committed there: " + Change.names(inner);
    }
    var hooks = hooks();
    return (hooks.isEmpty() ? "" : hooks + ": ")
        + "files are still changed after the commit: "
        + Change.names(changes);
  }

  private List<Change> innerOnly(List<Change> changes) throws IOException {
    var head = worktree.place().commit().map(ObjectId::fromString);
    if (head.isEmpty()) {
      return List.of();
    }
    var links = new GitlinkCheck(repository.store()).paths(head.get());
    return changes.stream().filter(change -> links.contains(change.path())).toList();
  }

  /// `pre-commit hook`; all that there are, if nobody can tell which it was.
  private String hooks() throws IOException {
    var place = worktree.place();
    var folder = Hooks.of(place, repository.config(place), repository.world());
    var there = Stream.of(WorktreeCommit.HOOKS).filter(folder::hasAny).toList();
    var word = there.size() == 1 ? " hook" : " hooks";
    return there.isEmpty() ? "" : there.stream().collect(Collectors.joining(", ", "", word));
  }
}
