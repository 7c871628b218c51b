package adw.git;

import static org.assertj.core.api.Assertions.assertThat;

import adw.git.config.BaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorktreeTest {
  @TempDir Path temp;

  @Test
  void aRunsWorktreeIsMadeCommittedAndRemoved() throws Exception {
    var sandbox = GitSandbox.create(temp);
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      GitSandbox.write(worktree.folder(), "new.txt", "new\n");
      GitSandbox.write(worktree.folder(), "tasks.md", "[] a\n");

      var commit =
          worktree.commitAll(
              CommitRequest.of("add new\n\nAdw-Run: adw_1\nAdw-Workflow: w\n", Set.of("tasks.md")));

      var id = ((CommitResult.Made) commit).id();
      assertThat(worktree.head()).isEqualTo(new Head.OnBranch(id));
      assertThat(sandbox.git("log", "-1", "--format=%an %s", "task-x")).isEqualTo("Ann add new");
      assertThat(sandbox.git("show", "--name-status", "--format=", "task-x"))
          .isEqualTo("A\tnew.txt");
      assertThat(worktree.commitAll(CommitRequest.of("again", Set.of("tasks.md"))))
          .isEqualTo(new CommitResult.Nothing());
      assertThat(worktree.remove(Optional.empty()))
          .isEqualTo(new RemoveResult.Refused("has changes that are saved nowhere: tasks.md"));
      var saved = worktree.save("adw_1", sandbox.git("rev-parse", "main"));
      assertThat(saved.tipRef()).contains("refs/adw/adw_1/tip");
      assertThat(saved.filesRef()).contains("refs/adw/adw_1/files");
      assertThat(worktree.remove(Optional.of(saved))).isEqualTo(new RemoveResult.Removed());
      assertThat(Files.exists(worktree.folder())).isFalse();
      assertThat(
              sandbox
                  .git("worktree", "list", "--porcelain")
                  .lines()
                  .filter(line -> line.startsWith("worktree")))
          .hasSize(1);
      assertThat(sandbox.git("show", "refs/adw/adw_1/files:tasks.md")).isEqualTo("[] a");
    }
  }

  @Test
  void theBaseIsTheBranchCheckedOutWhenThereIsNoRemote() throws Exception {
    var sandbox = GitSandbox.create(temp);
    try (var repository = sandbox.open()) {
      var base = repository.findBase(BaseSettings.DEFAULT);

      assertThat(base.describe(java.time.Instant.EPOCH))
          .isEqualTo("base main @" + sandbox.git("rev-parse", "--short", "main"));
    }
  }
}
