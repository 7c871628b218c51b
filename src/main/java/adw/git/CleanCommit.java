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
  private final Worktree worktree;
  private final CommitRequest request;

  CleanCommit(Worktree worktree, CommitRequest request) {
    this.worktree = worktree;
    this.request = request;
  }

  CommitResult commit() throws IOException, InterruptedException {
    var commit = worktree.commitOnce(request);
    if (!(commit instanceof CommitResult.Made)) {
      return judged(commit);
    }
    return changes().isEmpty() ? commit : judged(again(commit));
  }

  /// There may be nothing to commit in what is not clean: then the first commit stands.
  private CommitResult again(CommitResult first) throws IOException, InterruptedException {
    var second = worktree.commitOnce(request);
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
    return worktree.status(request.leftOut());
  }

  private String reason(List<Change> changes) throws IOException {
    var inner = innerOnly(changes);
    if (!inner.isEmpty()) {
      return "changes in a submodule are not committed there: " + Worktree.names(inner);
    }
    var hooks = hooks();
    return (hooks.isEmpty() ? "" : hooks + ": ")
        + "files are still changed after the commit: "
        + Worktree.names(changes);
  }

  private List<Change> innerOnly(List<Change> changes) throws IOException {
    var store = worktree.repository().store();
    var head = worktree.place().commit().map(ObjectId::fromString);
    if (head.isEmpty()) {
      return List.of();
    }
    var links = new GitlinkCheck(store).paths(head.get());
    return changes.stream().filter(change -> links.contains(change.path())).toList();
  }

  /// `pre-commit hook`; all that there are, if nobody can tell which it was.
  private String hooks() throws IOException {
    var repository = worktree.repository();
    var place = worktree.place();
    var folder = Hooks.of(place, repository.config(place), repository.world());
    var there = Stream.of(WorktreeCommit.HOOKS).filter(folder::hasAny).toList();
    var word = there.size() == 1 ? " hook" : " hooks";
    return there.isEmpty() ? "" : there.stream().collect(Collectors.joining(", ", "", word));
  }
}
