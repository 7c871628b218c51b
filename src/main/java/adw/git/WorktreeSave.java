package adw.git;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;

/// Keeps the work of a worktree under `refs/adw/<id>/`.
final class WorktreeSave {
  private final RepositoryParts repository;
  private final WorktreeBackends backends;
  private final WorktreeFolder worktree;

  WorktreeSave(RepositoryParts repository, WorktreeBackends backends, WorktreeFolder worktree) {
    this.repository = repository;
    this.backends = backends;
    this.worktree = worktree;
  }

  SavedWork save(String id, String start) throws IOException, InterruptedException {
    var from = ObjectId.fromString(start);
    var head = worktree.place().commit().map(ObjectId::fromString).orElse(from);
    var tip = keepTip(id, from, head);
    var branch = repository.store().findRef(worktree.ref());
    if (branch.isPresent() && !branch.get().equals(head)) {
      keepTip(id, from, branch.get());
    }
    return backends.of(worktree).status(worktree).isEmpty()
        ? new SavedWork(tip, Optional.empty(), Optional.empty())
        : keepFiles(id, head, tip);
  }

  private Optional<String> keepTip(String id, ObjectId start, ObjectId tip)
      throws IOException, InterruptedException {
    return tip.equals(start)
        ? Optional.empty()
        : Optional.of(repository.kept().keep(id, "tip", tip));
  }

  private SavedWork keepFiles(String id, ObjectId head, Optional<String> tip)
      throws IOException, InterruptedException {
    var tree = ObjectId.fromString(backends.of(worktree).writeFiles(worktree));
    var commit =
        write(tree, head, "files of " + id + " that were not committed\n\nAdw-Run: " + id + "\n");
    var ref = repository.kept().keep(id, "files", commit);
    return new SavedWork(tip, Optional.of(ref), Optional.of(tree.name()));
  }

  private ObjectId write(ObjectId tree, ObjectId parent, String message) throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(List.of(parent));
    commit.setAuthor(repository.author().at(repository.world()));
    commit.setCommitter(repository.committer().at(repository.world()));
    commit.setMessage(message);
    try (var inserter = repository.store().jgit().newObjectInserter()) {
      var id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }
}
