package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.GitException;
import adw.os.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/// Puts a worktree and its branch at a commit, whatever state they are in.
final class WorktreeMove {
  /// What git itself forgets at `reset --hard` and `rebase --quit`.
  private static final List<String> IN_PROGRESS =
      List.of(
          "MERGE_HEAD",
          "MERGE_MSG",
          "MERGE_MODE",
          "MERGE_RR",
          "AUTO_MERGE",
          "SQUASH_MSG",
          "CHERRY_PICK_HEAD",
          "REVERT_HEAD",
          "REBASE_HEAD",
          "sequencer",
          "rebase-merge",
          "rebase-apply",
          "BISECT_LOG",
          "BISECT_START",
          "BISECT_TERMS",
          "BISECT_NAMES",
          "BISECT_EXPECTED_REV",
          "BISECT_ANCESTORS_OK",
          "BISECT_RUN");

  private final RepositoryParts repository;
  private final WorktreeBackends backends;
  private final WorktreeFolder worktree;

  WorktreeMove(RepositoryParts repository, WorktreeBackends backends, WorktreeFolder worktree) {
    this.repository = repository;
    this.backends = backends;
    this.worktree = worktree;
  }

  void moveTo(ObjectId commit) throws IOException, InterruptedException {
    var admin = worktree.admin();
    for (var name : IN_PROGRESS) {
      FileTrees.delete(admin.resolve(name));
    }
    var from = worktree.place().commit().orElse(ObjectId.zeroId().name());
    moveBranch(commit);
    Files.writeString(admin.resolve("HEAD"), "ref: " + worktree.ref() + "\n", UTF_8);
    log(admin, from, commit.name());
    backends.of(worktree).reset(worktree, commit.name());
  }

  private void moveBranch(ObjectId commit) throws IOException, InterruptedException {
    var at = repository.store().findRef(worktree.ref()).orElse(ObjectId.zeroId());
    var why = "reset: moving to " + commit.name();
    if (!at.equals(commit) && !repository.refs().tryMove(worktree.ref(), at, commit, why)) {
      throw new GitException(
          "branch " + worktree.branch() + " is being moved by someone else (cure: try again)");
    }
  }

  private void log(Path admin, String from, String to) throws IOException {
    if (!from.equals(to)) {
      new HeadReflog(admin)
          .append(from, to, repository.committer(), repository.world(), "reset: moving to " + to);
    }
  }
}
