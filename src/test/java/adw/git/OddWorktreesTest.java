package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.git.config.GitException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Worktrees as hooks and agents leave them; by ourselves and by the git program alike.
class OddWorktreesTest {
  @TempDir Path temp;
  private GitSandbox sandbox;

  enum By {
    OURSELVES,
    GIT
  }

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  private void by(By who) throws Exception {
    if (who == By.GIT) {
      sandbox.git("config", "core.fsmonitor", "true");
    }
  }

  private CreateResult.Made make(Repository repository) throws Exception {
    var start = repository.findCommit("main").orElseThrow();
    var request = NewWorktree.fresh(sandbox.tree("x"), "task-x", start);
    return (CreateResult.Made) repository.create(request);
  }

  @ParameterizedTest
  @EnumSource
  void aHookThatSaysNoAfterTheCheckoutIsToldAndTheCheckoutStands(By who) throws Exception {
    by(who);
    sandbox.hook("post-checkout", "echo 'git-lfs was not found' >&2; exit 2");
    try (var repository = sandbox.open()) {
      var made = make(repository);

      assertThat(made.warning()).hasValue("post-checkout hook: git-lfs was not found");
      assertThat(made.worktree().status()).isEmpty();
      assertThat(made.worktree().folder().resolve("a.txt")).hasContent("one\n");
    }
  }

  @Test
  void aHookWhoseInterpreterIsMissingIsToldAndTheCheckoutStands() throws Exception {
    sandbox.hook("post-checkout", "");
    Files.writeString(sandbox.top.resolve(".git/hooks/post-checkout"), "#!/no/such/shell\n");
    try (var repository = sandbox.open()) {
      assertThat(make(repository).warning().orElseThrow())
          .startsWith("post-checkout hook: ")
          .contains(".git/hooks/post-checkout: its interpreter /no/such/shell is missing");
    }
  }

  @Test
  void aHookOfACommitWhoseInterpreterIsMissingIsToldAsThat() throws Exception {
    sandbox.hook("pre-commit", "");
    Files.writeString(sandbox.top.resolve(".git/hooks/pre-commit"), "#!/no/such/shell\n");
    try (var repository = sandbox.open()) {
      var worktree = make(repository).worktree();
      GitSandbox.write(worktree.folder(), "new.txt", "x\n");

      assertThat(worktree.commitAll(CommitRequest.of("add it\n", java.util.Set.of())))
          .isEqualTo(
              new CommitResult.HookFailed(
                  "pre-commit hook: "
                      + sandbox.top.resolve(".git/hooks/pre-commit")
                      + ": its interpreter /no/such/shell is missing (install it, or mend line"
                      + " 1)"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatStandsOnABranchWithoutACommitIsSavedAndThenRemoved(By who) throws Exception {
    by(who);
    try (var repository = sandbox.open()) {
      var worktree = make(repository).worktree();
      var start = sandbox.git("rev-parse", "main");
      sandbox.git(worktree.folder(), "checkout", "-q", "--orphan", "pages");
      GitSandbox.write(worktree.folder(), "page.html", "hello\n");

      assertThat(worktree.head()).isEqualTo(new Head.Unborn("pages"));
      assertThat(worktree.remove(Optional.empty())).isInstanceOf(RemoveResult.Refused.class);
      var saved = worktree.save("adw_00000001", start);

      assertThat(worktree.remove(Optional.of(saved))).isEqualTo(new RemoveResult.Removed());
      assertThat(sandbox.git("show", saved.filesRef().orElseThrow() + ":page.html"))
          .isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWorktreeThatHasLostItsGitIsNotTakenForTheRepositoryAroundIt(By who) throws Exception {
    by(who);
    try (var repository = sandbox.open()) {
      var worktree = make(repository).worktree();
      Files.delete(worktree.folder().resolve(".git"));
      sandbox.write("a.txt", "a person's own change\n");
      sandbox.write("new.txt", "a person's own file\n");

      assertThatThrownBy(() -> worktree.moveTo(sandbox.git("rev-parse", "main")))
          .isInstanceOfAny(GitException.class, java.io.IOException.class)
          .hasMessageContaining(who == By.GIT ? "not a git repository" : ".git");

      assertThat(sandbox.top.resolve("a.txt")).hasContent("a person's own change\n");
      assertThat(sandbox.top.resolve("new.txt")).exists();
    }
  }

  @Test
  void aWorktreeThatWasMovedWithItsRepositoryIsTiedAnew() throws Exception {
    try (var repository = sandbox.open()) {
      make(repository);
    }
    var moved = Files.move(sandbox.top, sandbox.folder.resolve("moved"));
    var tree = moved.resolve("trees/x");
    try (var repository = Repository.open(moved, sandbox.world())) {
      assertThat(repository.tryFollow(tree)).isTrue();
      assertThat(repository.tryFollow(tree)).isFalse();

      assertThat(repository.worktree(tree, "task-x").status()).isEmpty();
      assertThat(repository.worktree(tree, "task-x").head()).isInstanceOf(Head.OnBranch.class);
    }
  }
}
