package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.git.config.GitException;
import adw.os.FileTrees;
import adw.os.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can stand in the way of a new worktree.
class StaleWorktreesTest {
  private static final String DEAD =
      new ProcessIdentity(
              1L << 22,
              1,
              ProcessIdentity.self().boot(),
              ProcessIdentity.self().pidNamespace(),
              ProcessIdentity.self().host())
          .toString();

  @TempDir Path temp;
  private GitSandbox sandbox;
  private Repository repository;

  @BeforeEach
  void open() throws Exception {
    sandbox = GitSandbox.create(temp);
    repository = sandbox.open();
  }

  @AfterEach
  void close() throws Exception {
    repository.close();
  }

  private CreateResult create(String folder, String branch) throws Exception {
    var start = sandbox.git("rev-parse", "main");
    return repository.create(NewWorktree.fresh(sandbox.tree(folder), branch, start));
  }

  private void assertMade(CreateResult creation) throws Exception {
    assertThat(creation).isInstanceOf(CreateResult.Made.class);
    var folder = ((CreateResult.Made) creation).worktree().folder();
    assertThat(sandbox.git(folder, "status", "--porcelain")).isEmpty();
    assertThat(sandbox.git("worktree", "list")).contains(folder.toString());
  }

  private static void assertRefused(CreateResult creation, String part) {
    assertThat(creation)
        .isInstanceOfSatisfying(
            CreateResult.Refused.class, refused -> assertThat(refused.reason()).contains(part));
  }

  @Test
  void aFolderDeletedByHandIsMadeAgainAndItsCommitsStay() throws Exception {
    var worktree = sandbox.fresh(repository, "x");
    sandbox.git(worktree.folder(), "checkout", "-q", "--detach");
    sandbox.git(worktree.folder(), "commit", "-q", "--allow-empty", "-m", "only here");
    var only = sandbox.git(worktree.folder(), "rev-parse", "HEAD");
    FileTrees.delete(worktree.folder());

    assertMade(create("x", "task-x"));
    assertThat(sandbox.git("rev-parse", "refs/adw/x/tip")).isEqualTo(only);
  }

  @Test
  void aBranchThatAnotherProgramHasLockedIsSaidToBeLockedAndWhere() throws Exception {
    var lock = Files.createFile(repository.commonDir().resolve("refs/heads/task-x.lock"));

    assertThatThrownBy(() -> create("x", "task-x"))
        .isInstanceOf(GitException.class)
        .hasMessage(
            "branch task-x is locked: " + lock + " (if no git is at work there, delete that file)");
    assertThat(sandbox.tree("x")).doesNotExist();
  }

  /// Killed between two system calls.
  @Test
  void aFolderWhoseLinkWasNeverWrittenIsMadeAgain() throws Exception {
    var worktree = sandbox.fresh(repository, "x");
    var admin = worktree.onDisk().admin();
    Files.writeString(worktree.folder().resolve(".git"), "");
    Files.writeString(admin.resolve("locked"), "initializing " + DEAD + "\n");

    assertMade(create("x", "task-x"));
  }

  @Test
  void aRegistrationWithoutItsFolderStandsInNobodysWay() throws Exception {
    var other = sandbox.fresh(repository, "y");
    var admin = sandbox.top.resolve(".git/worktrees/x");
    Files.createDirectories(admin);
    Files.writeString(admin.resolve("gitdir"), "");
    Files.writeString(admin.resolve("locked"), "initializing " + DEAD + "\n");

    assertMade(create("x", "task-x"));
    assertThat(sandbox.git(other.folder(), "status", "--porcelain")).isEmpty();
  }

  @Test
  void aBranchWithoutTreeIsUsedIfItHasNoCommitsOfItsOwn() throws Exception {
    sandbox.git("branch", "task-x");

    assertMade(create("x", "task-x"));
  }

  @Test
  void aBranchWithCommitsIsNeverTakenOver() throws Exception {
    var start = sandbox.git("rev-parse", "main");
    sandbox.git("checkout", "-q", "-b", "task-x");
    sandbox.git("commit", "-q", "--allow-empty", "-m", "theirs");
    sandbox.git("checkout", "-q", "main");

    var creation = repository.create(NewWorktree.fresh(sandbox.tree("x"), "task-x", start));

    assertRefused(creation, "branch task-x exists, with other commits: @");
    assertThat(Files.exists(sandbox.tree("x"))).isFalse();
  }

  @Test
  void aFolderThatIsNoWorktreeIsLeftAlone() throws Exception {
    GitSandbox.write(sandbox.tree("x"), "mine", "x");

    assertRefused(create("x", "task-x"), "trees/x exists and is no worktree");
    assertThat(sandbox.tree("x").resolve("mine")).hasContent("x");
    assertThat(repository.findBranch("task-x")).isEmpty();
  }

  @Test
  void anEmptyFolderIsUsed() throws Exception {
    Files.createDirectories(sandbox.tree("x"));

    assertMade(create("x", "task-x"));
  }

  @Test
  void aBranchCheckedOutElsewhereIsARefusalThatNamesThePlace() throws Exception {
    sandbox.fresh(repository, "x");

    assertRefused(create("y", "task-x"), "branch task-x is checked out in " + sandbox.tree("x"));
    assertRefused(create("y", "main"), "branch main is checked out in " + sandbox.top);
  }

  @Test
  void aBranchThatCannotStandBesideAnotherIsARefusal() throws Exception {
    sandbox.git("branch", "task");

    assertRefused(create("x", "task/x"), "branch task/x cannot exist beside task");
  }

  @Test
  void namesThatAttackAreNoBranches() throws Exception {
    assertRefused(create("x", "-f"), "is no name for a branch");
    assertRefused(create("x", "a..b"), "is no name for a branch");
    assertRefused(create("x", "a b"), "is no name for a branch");
  }

  @Test
  void aWorktreeThatIsThereIsARefusal() throws Exception {
    sandbox.fresh(repository, "x");

    assertRefused(create("x", "task-other"), "is a worktree already");
  }

  @Test
  void whatADeadProcessLeftHalfMadeIsCleared() throws Exception {
    var worktree = sandbox.fresh(repository, "x");
    var dead =
        new ProcessIdentity(
            1L << 30,
            1,
            ProcessIdentity.self().boot(),
            ProcessIdentity.self().pidNamespace(),
            ProcessIdentity.self().host());
    Files.writeString(worktree.onDisk().admin().resolve("locked"), "initializing " + dead + "\n");
    Files.delete(worktree.onDisk().admin().resolve("index"));

    assertMade(create("x", "task-x"));
  }

  @Test
  void whatALivingProcessIsMakingIsLeftToIt() throws Exception {
    var worktree = sandbox.fresh(repository, "x");
    Files.writeString(
        worktree.onDisk().admin().resolve("locked"),
        "initializing " + ProcessIdentity.self() + "\n");

    assertRefused(create("x", "task-x"), "is being made by another process");
  }

  @Test
  void aNamedScopesWorktreeIsUsedAgainFromItsTip() throws Exception {
    var start = sandbox.git("rev-parse", "main");
    var request = NewWorktree.shared(sandbox.tree("api"), "api", start);
    var first = ((CreateResult.Made) repository.create(request)).worktree();
    GitSandbox.write(first.folder(), "api.txt", "1");
    var tip =
        ((CommitResult.Made) first.commitAll(CommitRequest.of("one", java.util.Set.of()))).id();

    var second = ((CreateResult.Made) repository.create(request)).worktree();

    assertThat(second.head()).isEqualTo(new Head.OnBranch(tip));
    GitSandbox.write(second.folder(), "bad.txt", "2");
    assertRefused(repository.create(request), "has changes that no run made: bad.txt");
    var saved = second.save("adw_2", tip);
    second.moveTo(tip);
    assertThat(saved.filesRef()).contains("refs/adw/adw_2/files");
    assertThat(repository.create(request)).isInstanceOf(CreateResult.Made.class);
    assertThat(second.remove(Optional.empty())).isEqualTo(new RemoveResult.Removed());
    assertThat(sandbox.git("rev-parse", "api")).isEqualTo(tip);
    assertMade(repository.create(request));
  }

  @Test
  void workIsKeptUnderANewNumberEachTime() throws Exception {
    var worktree = sandbox.fresh(repository, "x");
    var start = sandbox.git("rev-parse", "main");
    GitSandbox.write(worktree.folder(), "a", "1");
    assertThat(worktree.save("adw_1", start).filesRef()).contains("refs/adw/adw_1/files");
    GitSandbox.write(worktree.folder(), "a", "2");
    assertThat(worktree.save("adw_1", start).filesRef()).contains("refs/adw/adw_1/files-2");
    assertThat(repository.keptWork()).hasSize(2);
  }

  @Test
  void removalUnlinksLinksAndFollowsNone() throws Exception {
    var worktree = sandbox.fresh(repository, "x");
    var outside = GitSandbox.write(temp, "outside/keep", "x").resolveSibling("");
    Files.createSymbolicLink(worktree.folder().resolve("link"), outside.normalize());
    var saved = worktree.save("adw_1", sandbox.git("rev-parse", "main"));

    assertThat(worktree.remove(Optional.of(saved))).isEqualTo(new RemoveResult.Removed());
    assertThat(outside.resolve("keep")).hasContent("x");
  }

  @Test
  void aRepositoryInsideIsNeverRemovedOrCommitted() throws Exception {
    var worktree = sandbox.fresh(repository, "x");
    sandbox.git(worktree.folder(), "init", "-q", "inner");

    assertThat(worktree.commitAll(CommitRequest.of("x", java.util.Set.of())))
        .isEqualTo(
            new CommitResult.TooMuch("inner/ is a repository of its own (cure: .gitignore)"));
    assertThat(worktree.remove(Optional.empty()))
        .isEqualTo(new RemoveResult.Refused("holds a repository of its own: inner/"));
  }
}
