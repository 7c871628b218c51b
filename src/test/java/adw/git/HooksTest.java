package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.git.config.GitException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hooks, identities and messages of commits.
class HooksTest {
  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  private CommitResult commit(Repository repository, String name, String message) throws Exception {
    var worktree = sandbox.fresh(repository, name);
    GitSandbox.write(worktree.folder(), "new.txt", "new\n");
    return worktree.commitAll(CommitRequest.of(message, Set.of()));
  }

  @Test
  void everyHookOfACommitRunsWithItsArguments() throws Exception {
    var log = temp.resolve("log");
    for (var hook :
        new String[] {"pre-commit", "prepare-commit-msg", "post-commit", "post-checkout"}) {
      sandbox.hook(hook, "echo " + hook + " $# $(pwd) >> " + log);
    }
    sandbox.hook(
        "commit-msg",
        "echo commit-msg $# $(cat \"$1\" | head -1) >> "
            + log
            + "\necho 'Change-Id: I1' >> \"$1\"");
    try (var repository = sandbox.open()) {
      assertThat(commit(repository, "x", "add")).isInstanceOf(CommitResult.Made.class);
    }
    var folder = sandbox.tree("x");
    assertThat(Files.readString(log))
        .isEqualTo(
            "post-checkout 3 "
                + folder
                + "\npre-commit 0 "
                + folder
                + "\nprepare-commit-msg 2 "
                + folder
                + "\ncommit-msg 1 add\npost-commit 0 "
                + folder
                + "\n");
    assertThat(sandbox.git("log", "-1", "--format=%B", "task-x")).contains("Change-Id: I1");
  }

  @Test
  void aHookThatSaysNoIsAReasonAndNothingIsLost() throws Exception {
    sandbox.hook("pre-commit", "echo looking; echo 'lint: 3 problems' >&2; exit 1");
    try (var repository = sandbox.open()) {
      assertThat(commit(repository, "x", "add"))
          .isEqualTo(new CommitResult.HookFailed("pre-commit hook: lint: 3 problems"));
      var worktree = repository.worktree(sandbox.tree("x"), "task-x");
      assertThat(worktree.commitWithoutHooks(CommitRequest.of("wip", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
    }
  }

  @Test
  void whatAHookChangedAndDidNotAddIsCommittedOnceMore() throws Exception {
    sandbox.hook("pre-commit", "sed -i s/hi/HI/ new.txt");
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      GitSandbox.write(worktree.folder(), "new.txt", "hi\n");

      var commit = worktree.commitAll(CommitRequest.of("subject", Set.of()));

      assertThat(commit).isEqualTo(new CommitResult.Made(sandbox.git("rev-parse", "task-x")));
      assertThat(sandbox.git("show", "task-x:new.txt")).isEqualTo("HI");
      assertThat(sandbox.git(worktree.folder(), "status", "--porcelain")).isEmpty();
    }
  }

  @Test
  void aHookThatLeavesChangesAfterEachCommitIsNamed() throws Exception {
    sandbox.hook("post-commit", "date +%N >> new.txt");
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      GitSandbox.write(worktree.folder(), "new.txt", "hi\n");

      assertThat(worktree.commitAll(CommitRequest.of("subject", Set.of())))
          .isEqualTo(
              new CommitResult.Unclean(
                  "post-commit hook: files are still changed after the commit: new.txt"));
    }
  }

  @Test
  void aHookIsNamedAlsoWhereItSaysNothingOrCallsGitItself() throws Exception {
    sandbox.hook("pre-commit", "git status >/dev/null; git no-such-command 2>/dev/null; exit 0");
    sandbox.hook("commit-msg", "exit 3");
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      GitSandbox.write(worktree.folder(), "new.txt", "new\n");

      assertThat(worktree.commitAll(CommitRequest.of("subject", Set.of())))
          .isEqualTo(new CommitResult.HookFailed("commit-msg hook: exit code 1"));
    }
  }

  @Test
  void aFilterThatIsMissingIsNamed() throws Exception {
    sandbox.write(".gitattributes", "*.bin filter=big\n");
    sandbox.write("b.bin", "pointer\n");
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "big");
    sandbox.git("config", "filter.big.process", "no-such-filter process");
    sandbox.git("config", "filter.big.required", "true");
    try (var repository = sandbox.open()) {
      assertThatThrownBy(() -> sandbox.fresh(repository, "x"))
          .isInstanceOf(GitException.class)
          .hasMessageContaining("filter no-such-filter process")
          .hasMessageContaining("not found");
    }
  }

  @Test
  void aHookThatChangesFilesChangesTheCommit() throws Exception {
    sandbox.hook("pre-commit", "echo formatted > new.txt; git add new.txt");
    try (var repository = sandbox.open()) {
      assertThat(commit(repository, "x", "add")).isInstanceOf(CommitResult.Made.class);
    }
    assertThat(sandbox.git("show", "task-x:new.txt")).isEqualTo("formatted");
    assertThat(sandbox.git(sandbox.tree("x"), "status", "--porcelain")).isEmpty();
  }

  @Test
  void theReflogsAreThoseOfTheWorktree() throws Exception {
    var before = sandbox.git("reflog", "show", "HEAD");
    try (var repository = sandbox.open()) {
      commit(repository, "x", "add new\n\n\n\nbody  \n\n");
    }
    assertThat(sandbox.git("reflog", "show", "HEAD")).isEqualTo(before);
    assertThat(sandbox.git(sandbox.tree("x"), "reflog", "show", "--format=%gs", "HEAD"))
        .startsWith("commit: add new");
    assertThat(sandbox.git("reflog", "show", "--format=%gs", "task-x").lines().toList())
        .satisfies(lines -> assertThat(lines.getFirst()).isEqualTo("commit: add new"))
        .satisfies(lines -> assertThat(lines.getLast()).startsWith("branch: Created from "));
    assertThat(sandbox.git("log", "-1", "--format=%B", "task-x")).isEqualTo("add new\n\nbody");
  }

  @Test
  void whoHasNoNameGetsOne() throws Exception {
    sandbox.git("config", "user.useConfigOnly", "true"); // else git may make one of this machine's
    sandbox.git("config", "--unset", "user.name");
    sandbox.git("config", "--unset", "user.email");
    try (var repository = sandbox.open()) {
      assertThat(commit(repository, "x", "add")).isInstanceOf(CommitResult.Made.class);
    }
    assertThat(sandbox.git("log", "-1", "--format=%an <%ae>", "task-x"))
        .isEqualTo("adw <adw@localhost>");
  }

  @Test
  void aSignatureIsAskedOfGitOnlyIfWanted() throws Exception {
    sandbox.git("config", "commit.gpgsign", "true");
    sandbox.git("config", "gpg.program", "/bin/false");
    try (var repository = sandbox.open()) {
      assertThat(commit(repository, "x", "add")).isInstanceOf(CommitResult.Made.class);
      var worktree = repository.worktree(sandbox.tree("x"), "task-x");
      GitSandbox.write(worktree.folder(), "more.txt", "x");
      assertThat(worktree.commitAll(CommitRequest.of("more", Set.of()).signed()))
          .isInstanceOfSatisfying(
              CommitResult.HookFailed.class, failed -> assertThat(failed.reason()).contains("gpg"));
    }
  }

  @Test
  void tooMuchIsNotCommitted() throws Exception {
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      GitSandbox.write(worktree.folder(), "big", "x".repeat(2000));
      GitSandbox.write(worktree.folder(), "one", "1");
      assertThat(worktree.commitAll(new CommitRequest("m", Set.of(), 1000, 10, false)))
          .isInstanceOfSatisfying(
              CommitResult.TooMuch.class, much -> assertThat(much.reason()).startsWith("big has"));
      assertThat(worktree.commitAll(new CommitRequest("m", Set.of(), 10_000, 1, false)))
          .isEqualTo(new CommitResult.TooMuch("2 new files, 1 are allowed (cure: .gitignore)"));
      assertThat(worktree.commitAll(new CommitRequest("m", Set.of("big"), 1000, 1, false)))
          .isInstanceOf(CommitResult.Made.class);
      assertThat(sandbox.git("ls-tree", "--name-only", "task-x")).doesNotContain("big");
    }
  }

  @Test
  void theTaskFileIsNeverCommittedThoughItWasStaged() throws Exception {
    sandbox.write("tasks.md", "[] a\n");
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "tasks");
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      GitSandbox.write(worktree.folder(), "tasks.md", "[] changed\n");
      GitSandbox.write(worktree.folder(), "new.txt", "x\n");
      sandbox.git(worktree.folder(), "add", "-A");

      worktree.commitAll(CommitRequest.of("m", Set.of("tasks.md")));

      assertThat(sandbox.git("diff", "--name-only", "main", "task-x")).isEqualTo("new.txt");
      assertThat(sandbox.git(worktree.folder(), "status", "--porcelain")).isEqualTo("M tasks.md");
    }
  }

  @Test
  void aHeadThatLeftItsBranchIsNotCommittedTo() throws Exception {
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      sandbox.git(worktree.folder(), "checkout", "-q", "-b", "elsewhere");
      GitSandbox.write(worktree.folder(), "new.txt", "x\n");
      assertThat(worktree.commitAll(CommitRequest.of("m", Set.of())))
          .isEqualTo(new CommitResult.HookFailed("HEAD is on branch elsewhere"));
      sandbox.git(worktree.folder(), "checkout", "-q", "--detach");
      assertThat(worktree.head()).isInstanceOf(Head.Detached.class);
    }
  }
}
