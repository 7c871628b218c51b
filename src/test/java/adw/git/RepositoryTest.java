package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.git.config.BaseSettings;
import adw.git.config.GitEnvironment;
import adw.git.config.RepositoryPaths;
import adw.os.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  private GitEnvironment at(Instant time) {
    return new GitEnvironment(sandbox.environment, () -> time);
  }

  private String commit(String file, String text) throws Exception {
    sandbox.write(file, text);
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "write " + file);
    return sandbox.git("rev-parse", "HEAD");
  }

  /// A repository cloned from the sandbox's, at ../clone.
  private Path cloned() throws Exception {
    sandbox.git("clone", "-q", ".", "../clone");
    var clone = sandbox.folder.resolve("clone");
    sandbox.git(clone, "config", "user.name", "Bob");
    sandbox.git(clone, "config", "user.email", "bob@example.org");
    return clone;
  }

  private BaseBranch base(Path folder, BaseSettings settings) throws Exception {
    try (var repository = Repository.open(folder, at(NOW))) {
      return repository.findBase(settings);
    }
  }

  @Test
  void aFolderOutsideAnyRepositoryIsAnErrorWithACure() {
    assertThatThrownBy(() -> Repository.open(temp, sandbox.world()))
        .hasMessage(temp + ": not in a git repository (cure: git init)");
  }

  @Test
  void aRepositoryWithoutACommitHasNoBase() throws Exception {
    var empty = GitSandbox.empty(temp.resolve("empty"));
    assertThatThrownBy(() -> base(empty.top, BaseSettings.DEFAULT))
        .hasMessage(
            "branch main has no commit yet"
                + " (git commit --allow-empty -m start, or set [worktree] base)");
  }

  @Test
  void aBaseThatIsNowhereIsAnErrorWithACure() {
    assertThatThrownBy(() -> base(sandbox.top, new BaseSettings("nowhere", true, Duration.ZERO)))
        .hasMessage("there is no branch or commit 'nowhere' (git branch -a names the branches)");
  }

  @Test
  void aDetachedHeadIsABaseToo() throws Exception {
    sandbox.git("checkout", "-q", "--detach");
    assertThat(base(sandbox.top, BaseSettings.DEFAULT).describe(NOW))
        .isEqualTo("base detached at " + sandbox.git("rev-parse", "--short", "HEAD"));
  }

  @Test
  void theBaseIsFetchedAndTheNewerSideWins() throws Exception {
    var clone = cloned();
    var newer = commit("a.txt", "newer\n");
    sandbox.git(clone, "checkout", "-q", "-b", "feature");

    var base = base(clone, BaseSettings.DEFAULT);

    assertThat(base.branch()).isEqualTo("main");
    assertThat(base.commit()).isEqualTo(newer);
    assertThat(base.warnings()).isEmpty();
    assertThat(base.describe(NOW.plusSeconds(130))).endsWith("(fetched 2m ago)");
    assertThat(Files.exists(clone.resolve(".git/FETCH_HEAD"))).isFalse();
    assertThat(sandbox.git(clone, "rev-parse", "main")).isNotEqualTo(newer);
  }

  @Test
  void aFreshFetchIsNotRepeatedAndAFailedOneIsAWarning() throws Exception {
    var clone = cloned();
    base(clone, BaseSettings.DEFAULT);
    commit("a.txt", "newer\n");
    assertThat(base(clone, BaseSettings.DEFAULT).commit())
        .isEqualTo(sandbox.git(clone, "rev-parse", "main"));
    sandbox.git(clone, "remote", "set-url", "origin", temp.resolve("gone").toString());

    var base = base(clone, new BaseSettings("", true, Duration.ofSeconds(-1)));

    assertThat(base.warnings()).singleElement().asString().startsWith("not fetched: ");
  }

  @Test
  void aRemoteThatDoesNotAnswerIsNotAskedEachTime() throws Exception {
    var clone = cloned();
    var calls = temp.resolve("calls");
    sandbox.git(clone, "remote", "set-url", "origin", "ssh://nowhere.invalid/repo");
    sandbox.git(clone, "config", "core.sshCommand", "sh -c 'echo x >> " + calls + "; exit 1' --");

    var first = base(clone, BaseSettings.DEFAULT);
    var asked = Files.readAllLines(calls);
    var second = base(clone, BaseSettings.DEFAULT);

    assertThat(first.warnings()).singleElement().asString().startsWith("not fetched: ");
    assertThat(second.warnings()).isEqualTo(first.warnings());
    assertThat(Files.readAllLines(calls)).isEqualTo(asked);
  }

  @Test
  void aFetchIsRememberedForItsOwnBranch() throws Exception {
    sandbox.git("branch", "dev");
    var clone = cloned();
    base(clone, BaseSettings.DEFAULT);
    sandbox.git("checkout", "-q", "dev");
    var newer = commit("a.txt", "newer\n");

    assertThat(base(clone, named("dev")).commit()).isEqualTo(newer);
  }

  @Test
  void aPersonsFetchCountsForTheBranchesItBrought() throws Exception {
    sandbox.git("branch", "dev");
    var clone = cloned();
    sandbox.git(clone, "fetch", "-q", "origin", "main");
    var time = FileTime.from(NOW.minusSeconds(60));
    Files.setLastModifiedTime(clone.resolve(".git/FETCH_HEAD"), time);
    var old = commit("a.txt", "newer\n");
    sandbox.git("checkout", "-q", "dev");
    var newer = commit("b.txt", "newer\n");

    assertThat(base(clone, BaseSettings.DEFAULT).commit()).isNotEqualTo(old);
    assertThat(base(clone, BaseSettings.DEFAULT).describe(NOW)).endsWith("(fetched 1m ago)");
    assertThat(base(clone, named("dev")).commit()).isEqualTo(newer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FETCH_HEAD", "adw/fetches/origin%2Fmain"})
  void aFetchOfTheFutureIsNoneAtAll(String record) throws Exception {
    var clone = cloned();
    sandbox.git(clone, "fetch", "-q", "origin", "main");
    base(clone, BaseSettings.DEFAULT);
    var file = clone.resolve(".git").resolve(record);
    Files.setLastModifiedTime(file, FileTime.from(NOW.plus(Duration.ofDays(300))));
    for (var other : List.of("FETCH_HEAD", "adw/fetches/origin%2Fmain")) {
      if (!other.equals(record)) {
        Files.delete(clone.resolve(".git").resolve(other));
      }
    }
    var newer = commit("a.txt", "newer\n");

    assertThat(base(clone, BaseSettings.DEFAULT).commit()).isEqualTo(newer);
  }

  @Test
  void aBranchThatOnlyTheRemoteHasIsFetched() throws Exception {
    var clone = cloned();
    sandbox.git("checkout", "-q", "-b", "dev");
    var newer = commit("a.txt", "newer\n");

    assertThat(base(clone, named("dev")).commit()).isEqualTo(newer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"origin", "upstream"})
  void aBranchOfARemoteIsABaseAndIsFetchedFromThere(String remote) throws Exception {
    var clone = cloned();
    if (!remote.equals("origin")) {
      sandbox.git(clone, "remote", "rename", "origin", remote);
    }
    sandbox.git(clone, "commit", "-q", "--allow-empty", "-m", "mine");
    var newer = commit("a.txt", "newer\n");

    var base = base(clone, named(remote + "/main"));

    assertThat(base.commit()).isEqualTo(newer);
    assertThat(base.warnings()).isEmpty();
  }

  @Test
  void aBranchThatNobodyHasIsToldWithWhatTheRemoteSaid() throws Exception {
    var clone = cloned();

    assertThatThrownBy(() -> base(clone, named("dve")))
        .hasMessageStartingWith("there is no branch or commit 'dve' here; not fetched: ")
        .hasMessageContaining("refs/heads/dve")
        .hasMessageEndingWith("(git branch -a names the branches)");
  }

  @Test
  void aBaseThatWasRenamedIsNotARepositoryWithoutACommit() throws Exception {
    try (var repository = Repository.open(sandbox.top, at(NOW))) {
      sandbox.git("branch", "-m", "main", "trunk");

      assertThatThrownBy(() -> repository.findBase(BaseSettings.DEFAULT))
          .hasMessage(
              "the base branch main was renamed or deleted while adw run worked"
                  + " (start adw run again, or set [worktree] base)");
    }
  }

  private static BaseSettings named(String base) {
    return new BaseSettings(base, true, Duration.ofMinutes(5));
  }

  @Test
  void aDivergedBaseIsTheLocalOneWithAWarning() throws Exception {
    var clone = cloned();
    commit("a.txt", "theirs\n");
    sandbox.git(clone, "commit", "-q", "--allow-empty", "-m", "mine");

    var base = base(clone, BaseSettings.DEFAULT);

    assertThat(base.commit()).isEqualTo(sandbox.git(clone, "rev-parse", "main"));
    assertThat(base.warnings())
        .singleElement()
        .asString()
        .startsWith("main and origin/main have diverged");
  }

  @Test
  void prerequisitesAreMergedIntoOneCommitOfAllOfThem() throws Exception {
    var one = branch("one", "one.txt", "1\n");
    var two = branch("two", "two.txt", "2\n");
    var three = branch("three", "three.txt", "3\n");
    try (var repository = sandbox.open()) {
      var main = repository.findCommit("main").orElseThrow();
      var merged = (MergeResult.Merged) repository.merge(List.of(main, one, two, three), "merge");

      assertThat(sandbox.git("show", "-s", "--format=%P", merged.commit()))
          .isEqualTo(one + " " + two + " " + three);
      assertThat(sandbox.git("ls-tree", "--name-only", merged.commit()).lines())
          .contains("one.txt", "two.txt", "three.txt");
      assertThat(repository.merge(List.of(main, one), "m")).isEqualTo(new MergeResult.Merged(one));
      assertThat(repository.isAncestor(main, merged.commit())).isTrue();
    }
  }

  private String branch(String name, String file, String text) throws Exception {
    sandbox.git("checkout", "-q", "-b", name, "main");
    var commit = commit(file, text);
    sandbox.git("checkout", "-q", "main");
    return commit;
  }

  @Test
  void aFileThatOneRenamedAndAnotherChangedIsMerged() throws Exception {
    sandbox.write("long.txt", "line\n".repeat(50) + "end\n");
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "long");
    sandbox.git("checkout", "-q", "-b", "renamed");
    sandbox.git("mv", "long.txt", "moved.txt");
    sandbox.git("commit", "-q", "-m", "renamed");
    sandbox.git("checkout", "-q", "main");
    var changed = branch("changed", "long.txt", "line\n".repeat(50) + "other end\n");
    try (var repository = sandbox.open()) {
      var renamed = sandbox.git("rev-parse", "renamed");
      var merged = (MergeResult.Merged) repository.merge(List.of(renamed, changed), "merge");

      assertThat(sandbox.git("show", merged.commit() + ":moved.txt")).endsWith("other end");
      assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
    }
  }

  @Test
  void aConflictNamesTheFilesAndTheCommit() throws Exception {
    var one = branch("one", "a.txt", "1\n");
    var two = branch("two", "a.txt", "2\n");
    try (var repository = sandbox.open()) {
      assertThat(repository.merge(List.of(one, two), "merge"))
          .isEqualTo(new MergeResult.Conflict(two, List.of("a.txt")));
    }
  }

  @Test
  void changesBetweenTreesAreListedFileByFile() throws Exception {
    var one = branch("one", "sub/b.txt", "other\n");
    try (var repository = sandbox.open()) {
      var main = repository.findCommit("main").orElseThrow();
      assertThat(repository.changes(main, one))
          .singleElement()
          .satisfies(change -> assertThat(change.path()).isEqualTo("sub/b.txt"));
      assertThat(repository.changes(main, repository.tree(main))).isEmpty();
    }
  }

  @Test
  void aMomentTellsWhatGitKnowsOfAFile() throws Exception {
    var file = sandbox.write("tasks.md", "[] one\n");
    try (var repository = sandbox.open()) {
      var untracked = repository.moment(file);
      assertThat(untracked.isTracked()).isFalse();
      commit("tasks.md", "[] one\n");
      var tracked = repository.moment(file);
      assertThat(tracked.isTracked()).isTrue();
      assertThat(tracked.hasMovedSince(untracked)).isTrue();
      assertThat(repository.holds(file, Files.readAllBytes(file))).isTrue();
      sandbox.write("tasks.md", "[] stashed\n");
      sandbox.git("stash", "-q");
      var stashed = repository.moment(file);
      assertThat(
              repository.holds(
                  file, "[] stashed\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
          .isTrue();
      assertThat(
              repository.holds(
                  file, "[] never\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
          .isFalse();
      assertThat(stashed.hasMovedSince(tracked)).isFalse();
      sandbox.git("checkout", "-q", "-b", "other");
      assertThat(repository.moment(file).branch()).contains("other");
    }
  }

  @Test
  void aMomentOfASplitIndexIsAskedOfGit() throws Exception {
    sandbox.git("update-index", "--split-index");
    try (var repository = sandbox.open()) {
      assertThat(repository.moment(sandbox.top.resolve("a.txt")).entry())
          .isEqualTo(sandbox.git("ls-files", "-s", "a.txt").split("\t")[0] + "\n");
      assertThat(repository.moment(sandbox.top.resolve("new")).isTracked()).isFalse();
    }
  }

  @Test
  void locksThatADeadProcessLeftAreRemovedWhenToldSo() throws Exception {
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      var index = Files.createFile(worktree.onDisk().admin().resolve("index.lock"));
      var ref = Files.createFile(repository.commonDir().resolve("refs/heads/task-x.lock"));

      assertThat(repository.removeStaleLocks(worktree)).containsExactlyInAnyOrder(index, ref);

      GitSandbox.write(worktree.folder(), "new", "x");
      assertThat(worktree.commitAll(CommitRequest.of("x", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
    }
  }

  @Test
  void aMergeInProgressIsSeen() throws Exception {
    branch("one", "a.txt", "1\n");
    commit("a.txt", "2\n");
    try (var repository = sandbox.open()) {
      sandbox.run(sandbox.top, "sh", "-c", "git merge -q one || true");
      assertThat(repository.moment(sandbox.top.resolve("a.txt")).doing())
          .isEqualTo(Optional.of("merge"));
    }
  }

  @Test
  void ignoredFilesOfWorktreeincludeAreCopiedNeverOverATrackedOne() throws Exception {
    commit(".gitignore", ".env*\nlocal/\n");
    sandbox.write(".worktreeinclude", ".env\nlocal/**\na.txt\nsub\n");
    sandbox.write(".env", "SECRET=1\n");
    sandbox.write(".envrc", "no\n");
    sandbox.write("local/deep/x", "x\n");
    sandbox.write("a.txt", "changed here\n");
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      assertThat(worktree.copyIgnored(sandbox.top))
          .containsExactlyInAnyOrder(".env", "local/deep/x");
      assertThat(worktree.folder().resolve("a.txt")).hasContent("one\n");
      assertThat(worktree.status()).isEmpty();
    }
  }

  @Test
  void findingTheRepositoryLoadsNoClassOfJgit() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var argv =
        List.of(
            java,
            "-Xlog:class+load:stdout",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            RepositoryTest.class.getName() + "$Light",
            sandbox.top.toString());
    var finished = new Command(argv, temp, sandbox.environment, Duration.ofMinutes(1)).run();
    assertThat(finished.outText()).contains("main of " + sandbox.top.resolve(".git"));
    assertThat(finished.outText().lines().filter(line -> line.contains(" org.eclipse.jgit")))
        .isEmpty();
  }

  /// Asks where the repository is, and no more.
  static final class Light {
    private Light() {}

    public static void main(String[] arguments) throws Exception {
      var folder = Path.of(arguments[0]).resolve("sub");
      var place = RepositoryPaths.find(folder).orElseThrow();
      System.out.println(
          place.branch().orElse("") + " of " + Repository.findCommonDir(folder).orElseThrow());
    }
  }

  @Test
  void nothingIsWrittenOutsideTheRepositoryAndNoGitIsStarted() throws Exception {
    var world = new GitEnvironment(sandbox.environment, () -> NOW);
    try (var repository = Repository.open(sandbox.top, world)) {
      var worktree = sandbox.fresh(repository, "x");
      GitSandbox.write(worktree.folder(), "new", "x");
      assertThat(worktree.commitAll(CommitRequest.of("x", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
    }
    try (var home = Files.list(sandbox.folder.resolve("home"))) {
      assertThat(home).isEmpty();
    }
  }
}
