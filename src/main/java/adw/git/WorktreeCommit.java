package adw.git;

import adw.git.config.Hooks;
import adw.git.config.UnsupportedException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;

/// `git add -A` and `git commit` in one worktree. Where a hook or a signature is asked for, the
/// second half is git's own.
final class WorktreeCommit {
  static final String[] HOOKS = {"pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"};

  private final RepositoryParts repository;
  private final WorktreeFolder worktree;
  private final CommitRequest request;

  WorktreeCommit(RepositoryParts repository, WorktreeFolder worktree, CommitRequest request) {
    this.repository = repository;
    this.worktree = worktree;
    this.request = request;
  }

  CommitResult commit(WorktreeBackend.Hooks hooks)
      throws IOException, InterruptedException, UnsupportedException {
    var place = worktree.place();
    try (var lock = IndexLock.take(place.gitDir());
        var files = WorktreeIndex.open(repository, place)) {
      var found =
          files.scan().stream()
              .filter(each -> !each.change().isLeftOut(request.leftOut()))
              .toList();
      var changes = found.stream().filter(StatusEntry::isDifferent).toList();
      var excess =
          new CommitLimits(request)
              .findExcess(changes.stream().map(StatusEntry::change).toList(), sizes(changes));
      if (excess.isPresent()) {
        return new CommitResult.TooMuch(excess.get());
      }
      return commit(hooks, lock, files, found);
    }
  }

  private static CommitLimits.Sizes sizes(List<StatusEntry> changes) {
    var sizes =
        changes.stream()
            .collect(Collectors.toMap(StatusEntry::change, StatusEntry::size, (one, _) -> one));
    return change -> sizes.getOrDefault(change, 0L);
  }

  private CommitResult commit(
      WorktreeBackend.Hooks hooks, IndexLock lock, WorktreeIndex files, List<StatusEntry> found)
      throws IOException, InterruptedException, UnsupportedException {
    var head = files.head();
    var headTree = repository.store().readTree(head);
    var staged = files.withoutStaged(files.with(found), request.leftOut(), headTree);
    var tree = files.writeTree(staged);
    if (!found.isEmpty() || !tree.equals(headTree)) {
      lock.write(staged);
    }
    if (tree.equals(headTree)) {
      return new CommitResult.Nothing();
    }
    return isForGit(hooks, files)
        ? new GitBackend(repository).commit(worktree, request, hooks)
        : commit(files, tree, head);
  }

  private boolean isForGit(WorktreeBackend.Hooks hooks, WorktreeIndex files) {
    var called =
        hooks == WorktreeBackend.Hooks.CALLED
            && Hooks.of(files.place(), files.config(), repository.world()).hasAny(HOOKS);
    return called || (request.sign() && files.config().isOn("commit.gpgsign", false));
  }

  private CommitResult commit(WorktreeIndex files, ObjectId tree, ObjectId head)
      throws IOException, InterruptedException {
    var message = CommitMessage.clean(request.message());
    if (message.isEmpty()) {
      return new CommitResult.HookFailed("the commit message is empty");
    }
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentId(head);
    var world = repository.world();
    var committer = files.config().committer();
    commit.setAuthor(files.config().author().at(world));
    commit.setCommitter(committer.at(world));
    commit.setMessage(message);
    var id = files.insert(commit);
    repository.store().keepTree(id, tree);
    var why = "commit: " + message.lines().findFirst().orElse("");
    if (!repository.refs(committer).tryMove(worktree.ref(), head, id, why)) {
      return new CommitResult.HookFailed("branch " + worktree.branch() + " was moved meanwhile");
    }
    new HeadReflog(files.place().gitDir()).append(head.name(), id.name(), committer, world, why);
    return new CommitResult.Made(id.name());
  }
}
