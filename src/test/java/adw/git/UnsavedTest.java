package adw.git;

import static org.assertj.core.api.Assertions.assertThat;

import adw.os.FileTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that is saved nowhere else is ever removed: not in repositories inside a worktree
/// either, wherever they are.
class UnsavedTest {
  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
    sandbox.git("config", "--global", "protocol.file.allow", "always");
    sandbox.git("config", "--global", "user.name", "Ann");
    sandbox.git("config", "--global", "user.email", "ann@example.org");
    sandbox.git("init", "-q", "-b", "main", "../lib");
    GitSandbox.write(temp.resolve("lib"), "lib.txt", "lib\n");
    sandbox.git("-C", "../lib", "add", "-A");
    sandbox.git("-C", "../lib", "commit", "-q", "-m", "lib");
  }

  private void submodule() throws Exception {
    sandbox.git("submodule", "--quiet", "add", sandbox.folder.resolve("lib").toString(), "lib");
    sandbox.git("commit", "-q", "-m", "lib");
  }

  private RemoveResult removed(String script) throws Exception {
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      sandbox.run(worktree.folder(), "sh", "-e", "-c", script);
      return worktree.remove(Optional.empty());
    }
  }

  private void assertKept(RemoveResult removal, String... words) {
    assertThat(removal).isInstanceOf(RemoveResult.Refused.class);
    assertThat(((RemoveResult.Refused) removal).reason()).contains(words);
    assertThat(sandbox.tree("x")).isDirectory();
  }

  @Test
  void commitsOfASubmoduleAreInTheMainWorktreesOneBeforeTheWorktreeGoes() throws Exception {
    submodule();

    var removal =
        removed(
            """
            git submodule update --quiet --init
            cd lib; git checkout -q -b work; echo more > n; git add n; git commit -q -m inner
            git rev-parse HEAD > ../../../inner
            cd ..; git commit -q -a -m outer
            """);

    assertThat(removal).isEqualTo(new RemoveResult.Removed());
    var inner = Files.readString(sandbox.top.resolve("inner")).strip();
    assertThat(sandbox.git("-C", "lib", "branch", "-a", "--contains", inner)).isEmpty();
    assertThat(sandbox.git("-C", "lib", "for-each-ref", "--contains", inner))
        .contains("refs/adw/x");
    Files.delete(sandbox.top.resolve("inner"));
    sandbox.git("merge", "-q", "task-x");
    sandbox.git("submodule", "--quiet", "update");
    assertThat(sandbox.top.resolve("lib/n")).hasContent("more");
  }

  @Test
  void commitsOfASubmoduleThatTheMainWorktreeLacksKeepTheWorktree() throws Exception {
    submodule();

    var removal =
        removed(
            """
            git submodule update --quiet --init
            cd lib; git checkout -q -b work; echo more > n; git add n; git commit -q -m inner
            cd ..; git commit -q -a -m outer; rm -rf ../../lib/* ../../.git/modules
            """);

    assertKept(removal, "lib", "commits");
  }

  @Test
  void aSubmoduleWithAllItsCommitsOnARemoteKeepsNothing() throws Exception {
    submodule();

    assertThat(removed("git submodule update --quiet --init"))
        .isEqualTo(new RemoveResult.Removed());
  }

  @Test
  void filesInASubmoduleKeepTheWorktree() throws Exception {
    submodule();

    assertKept(removed("git submodule update --quiet --init; echo edit > lib/lib.txt"), "lib");
  }

  @Test
  void filesInASubmoduleThatTheSavedTreeCannotShowKeepTheWorktree() throws Exception {
    submodule();
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      sandbox.run(
          worktree.folder(),
          "sh",
          "-e",
          "-c",
          "git submodule update --quiet --init; echo edit > lib/lib.txt");
      var saved = worktree.save("adw_12345678", sandbox.git("rev-parse", "main"));

      assertKept(worktree.remove(Optional.of(saved)), "lib", "lib.txt");
    }
  }

  @Test
  void aRepositoryCommittedAsALinkKeepsTheWorktree() throws Exception {
    var removal =
        removed(
            """
            mkdir app; cd app; git init -q; echo code > main.js; git add .; git commit -q -m init
            cd ..; git add -A 2>&1; git commit -q -m app
            """);

    assertKept(removal, "app", "commits");
  }

  @Test
  void aRepositoryInAnIgnoredFolderKeepsTheWorktreeUnlessARemoteHasAllOfIt() throws Exception {
    sandbox.write(".git/info/exclude", "/trees/\nbuild/\n");

    assertThat(removed("mkdir build; git clone -q ../../../lib build/lib"))
        .isEqualTo(new RemoveResult.Removed());
    assertKept(
        again("mkdir build; git clone -q ../../../lib build/lib; echo edit > build/lib/lib.txt"),
        "build/lib",
        "lib.txt");
  }

  private RemoveResult again(String script) throws Exception {
    sandbox.git("branch", "-q", "-D", "task-x");
    return removed(script);
  }

  @Test
  void aRepositoryAroundTrackedFilesKeepsTheWorktree() throws Exception {
    assertKept(removed("cd sub; git init -q; git add .; git commit -q -m own"), "sub", "commits");
  }

  @Test
  void aStashInARepositoryKeepsTheWorktree() throws Exception {
    sandbox.write(".git/info/exclude", "/trees/\nbuild/\n");

    assertKept(
        removed(
            "git clone -q ../../../lib build/lib; cd build/lib; echo edit > lib.txt; git stash -q"),
        "build/lib");
  }

  @Test
  void aBareRepositoryWithCommitsKeepsTheWorktree() throws Exception {
    sandbox.write(".git/info/exclude", "/trees/\n*.git/\n");

    assertKept(removed("git clone -q --bare ../../../lib store.git"), "store.git", "commits");
  }

  @Test
  void aWorktreeOfTheSameRepositoryInsideIsSafeAsLongAsItIsCleanAndOnABranch() throws Exception {
    sandbox.write(".git/info/exclude", "/trees/\ninner\n");

    assertThat(removed("git worktree add -q inner -b inner")).isEqualTo(new RemoveResult.Removed());
    sandbox.git("worktree", "prune");
    sandbox.git("branch", "-q", "-D", "inner");
    assertKept(
        again("git worktree add -q --detach inner; cd inner; git commit -q --allow-empty -m lost"),
        "inner");
  }

  @Test
  void aWorktreeWhoseLinkIsBrokenStays() throws Exception {
    var removal = removed("echo 'gitdir: /nowhere' > .git; echo precious > precious.txt");

    assertKept(removal, "git worktree repair");
    assertThat(sandbox.tree("x").resolve("precious.txt")).hasContent("precious");
  }

  @Test
  void aWorktreeWhoseLinkIsGoneStaysRegisteredToo() throws Exception {
    assertKept(removed("rm .git"), "git worktree repair");

    try (var repository = sandbox.open()) {
      var request =
          NewWorktree.fresh(sandbox.tree("x"), "task-x", sandbox.git("rev-parse", "main"));
      assertThat(repository.create(request)).isInstanceOf(CreateResult.Refused.class);
    }
    assertThat(sandbox.top.resolve(".git/worktrees/x/HEAD")).exists();
  }

  @Test
  void commitsOfASubmoduleAreKeptAlsoWhenTheFolderOfItsWorktreeIsGone() throws Exception {
    submodule();
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      sandbox.run(
          worktree.folder(),
          "sh",
          "-e",
          "-c",
          """
          git submodule update --quiet --init
          cd lib; git checkout -q -b work; echo more > n; git add n; git commit -q -m inner
          """);
      var inner = sandbox.git(worktree.folder().resolve("lib"), "rev-parse", "HEAD");
      FileTrees.delete(worktree.folder());

      var request =
          NewWorktree.fresh(worktree.folder(), "task-x", sandbox.git("rev-parse", "main"));
      assertThat(repository.create(request)).isInstanceOf(CreateResult.Made.class);

      assertThat(sandbox.git("-C", "lib", "for-each-ref", "--contains", inner))
          .contains("refs/adw");
    }
  }

  @Test
  void aWorktreeIsClearedForTheNextRunWithoutLossOfWhatIsInASubmodule() throws Exception {
    submodule();
    sandbox.git("config", "submodule.recurse", "true");
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      sandbox.run(
          worktree.folder(),
          "sh",
          "-e",
          "-c",
          """
          git submodule update --quiet --init
          cd lib; git checkout -q --detach; echo more > n; git add n; git commit -q -m inner
          git rev-parse HEAD > ../../../inner
          echo edit > lib.txt; echo new > new.txt
          """);
      var start = sandbox.git("rev-parse", "main");

      var kept = worktree.putAside("adw_12345678", start, start);

      assertThat(worktree.status()).isEmpty();
      assertThat(kept).contains("refs/adw/adw_12345678/inside/lib");
      assertThat(sandbox.git("show", "refs/adw/adw_12345678/inside/lib:lib.txt")).isEqualTo("edit");
      assertThat(sandbox.git("show", "refs/adw/adw_12345678/inside/lib:new.txt")).isEqualTo("new");
      var inner = Files.readString(sandbox.top.resolve("inner")).strip();
      assertThat(sandbox.git(worktree.folder().resolve("lib"), "for-each-ref", "--contains", inner))
          .contains("refs/adw/adw_12345678/tip");
    }
  }

  @Test
  void aRepositoryThatARunMadeIsMovedAwayWholeForTheNextRun() throws Exception {
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      sandbox.run(worktree.folder(), "sh", "-e", "-c", "git init -q app; echo code > app/main.js");
      var start = sandbox.git("rev-parse", "main");

      var kept = worktree.putAside("adw_12345678", start, start);

      var place = sandbox.top.resolve(".git/adw/kept/adw_12345678/app");
      assertThat(kept).contains(place.toString());
      assertThat(place.resolve("main.js")).hasContent("code");
      assertThat(worktree.status()).isEmpty();
      assertThat(worktree.folder().resolve("app")).doesNotExist();
    }
  }
}
