package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.daemon.context.DaemonListener;
import adw.run.Request;
import adw.run.RequestFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs under a `## Git Worktree NAME` heading share a branch, one after another.
class ScopesTest {
  @TempDir Path folder;

  @Test
  void runsOfANamedScopeBuildOnOneBranch() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "cat >> log.txt\n")
            .tasks("## Git Worktree feature\n[] one #add\n[] two #add\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo("## Git Worktree feature\n[✅ HASH, ID] one #add\n[✅ HASH, ID] two #add\n");
    assertThat(sandbox.git("log", "--format=%s", "feature")).isEqualTo("two\none\nfirst");
    assertThat(sandbox.root.resolve("trees/feature/log.txt")).exists();
  }

  @Test
  void aBranchThatIsCheckedOutElsewhereIsLeftAlone() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "cat >> log.txt\n")
            .tasks("## Git Worktree feature\n[] one #add\n");
    sandbox.git("worktree", "add", "-q", "-b", "feature", "elsewhere");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("## Git Worktree feature\n[] one #add\n");
  }

  /// Moved by hand, or in the making at this very moment.
  @Test
  void aWorktreeOfSomebodyThatLeadsNowhereIsInNobodysWay() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "cat >> log.txt\n")
            .tasks("## Git Worktree feature\n[] one #add\n");
    sandbox.git("worktree", "add", "-q", "-b", "other", "elsewhere");
    Files.writeString(sandbox.root.resolve("elsewhere/.git"), "gitdir: /nowhere\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("## Git Worktree feature\n[✅ HASH, ID] one #add\n");
  }

  @Test
  void aFailedRunLeavesNothingOnTheScopesBranchAndItsWorkIsKept() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "echo ok >> log.txt\n")
            .workflow("fail", "echo x > x; git add x; git commit -q -m half; echo y > y; exit 1\n")
            .tasks("## Git Worktree feature\n[] one #add\n[] two #fail\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.git("log", "--format=%s", "feature")).isEqualTo("one\nfirst");
    assertThat(sandbox.git("-C", "trees/feature", "status", "--porcelain")).isEmpty();
    var failed =
        sandbox.runs().stream()
            .filter(run -> run.order().text().startsWith("two"))
            .findFirst()
            .orElseThrow();
    assertThat(sandbox.git("show", "refs/adw/" + failed.id() + "/tip:x")).isEqualTo("x");
    assertThat(sandbox.git("show", "refs/adw/" + failed.id() + "/files:y")).isEqualTo("y");
  }

  @Test
  void repositoriesThatAFailedRunMadeAreKeptAndTheNextRunStarts() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("break", "git init -q app; echo code > app/main.js; exit 1\n")
            .workflow("add", "ls > log.txt\n")
            .tasks("## Git Worktree feature\n[] one #break\n[] two #add\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).endsWith("[✅ HASH, ID] two #add\n");
    assertThat(sandbox.git("show", "feature:log.txt")).isEqualTo("README.md\nlog.txt");
    var id = kept(sandbox, "one").substring("refs/adw/".length());
    assertThat(sandbox.root.resolve(".git/adw/kept").resolve(id).resolve("app/main.js"))
        .hasContent("code");
  }

  @Test
  void aRepositoryThatVerifyMadeIsNotInTheWayOfTheNextRun() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "date +%N >> log.txt\n")
            .tasks("## Git Worktree feature\n[] one #add\n[] two #add\n");
    sandbox.settings = sandbox.withVerify("git init -q fixture; echo x > fixture/x");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo("## Git Worktree feature\n[✅ HASH, ID] one #add\n[✅ HASH, ID] two #add\n");
  }

  @Test
  void feedbackThatFailsTakesNothingFromTheRunsThatCameAfter() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "grep -q worse && { echo no >&2; exit 1; }; date +%N >> log.txt\n")
            .tasks("## Git Worktree feature\n[] one #add\n[] two #add\n");
    sandbox.runUntilIdle();
    var one =
        sandbox.runs().stream()
            .filter(run -> run.order().text().startsWith("one"))
            .findFirst()
            .orElseThrow();

    new RequestFolder(sandbox.state())
        .send(new Request.Continue(one.id(), "make it worse", "Ada"), Instant.now(), new Random());
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).contains("[✅ HASH, ID] one #add // round 2 failed: no\n");
    assertThat(sandbox.git("log", "--format=%s", "feature")).isEqualTo("two\none\nfirst");
  }

  /// A disk runs full, a ref is in the way: what nobody foresaw.
  @Test
  void aRunThatTheDaemonItselfBrokeOffLeavesTheWorktreeToTheNextAndItsFilesAreKept()
      throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "echo ok >> log.txt\n")
            .tasks("## Git Worktree feature\n[] one #add\n[] two #add\n");
    sandbox.failAt(DaemonListener.Step.EXITED, "no room");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo("## Git Worktree feature\n[❌, ID] one #add // no room\n[✅ HASH, ID] two #add\n");
    assertThat(sandbox.git("log", "--format=%s", "feature")).isEqualTo("two\nfirst");
    assertThat(sandbox.git("show", "feature:log.txt")).isEqualTo("ok");
    assertThat(sandbox.git("show", kept(sandbox, "one") + "/files:log.txt")).isEqualTo("ok");
  }

  private static String kept(DaemonSandbox sandbox, String text) throws Exception {
    return sandbox.runs().stream()
        .filter(run -> run.order().text().startsWith(text))
        .map(run -> "refs/adw/" + run.id())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatCouldNotBeKeptAtOnceIsKeptBeforeTheNextRun() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("break", "echo lost > lost.txt; touch \"$ADW_REPO/.git/refs/adw\"; exit 1\n")
            .workflow("add", "ls > log.txt\n")
            .tasks("## Git Worktree feature\n[] one #break\n");
    sandbox.runUntilIdle();
    assertThat(sandbox.root.resolve("trees/feature/lost.txt")).exists();

    Files.delete(sandbox.root.resolve(".git/refs/adw"));
    sandbox.tasks(Files.readString(sandbox.tasks) + "[] two #add\n").runUntilIdle();

    assertThat(sandbox.shown()).endsWith("[✅ HASH, ID] two #add\n");
    assertThat(sandbox.git("show", "feature:log.txt")).isEqualTo("README.md\nlog.txt");
    assertThat(sandbox.git("show", kept(sandbox, "one") + "/files:lost.txt")).isEqualTo("lost");
  }

  @Test
  void whatAPersonChangedInAScopesWorktreeIsNeverPutAside() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "echo ok >> log.txt\n")
            .tasks("## Git Worktree feature\n[] one #add\n");
    sandbox.runUntilIdle();
    var note = Files.writeString(sandbox.root.resolve("trees/feature/note.txt"), "mine\n");

    sandbox.tasks(Files.readString(sandbox.tasks) + "[] two #add\n").runUntilIdle();

    assertThat(sandbox.shown()).contains("[❌, ID] two #add // ", "has changes that no run made");
    assertThat(note).hasContent("mine\n");
  }

  @Test
  void aSetUpThatFailsLeavesTheWorktreeToTheNext() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "echo ok >> log.txt\n")
            .tasks("## Git Worktree feature\n[] one #add\n[] two #add\n");
    var once = folder.resolve("once");
    sandbox.settings = sandbox.withSetUp("touch set-up; test -e " + once + " || ! touch " + once);

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).contains("[❌, ID] one #add // set-up failed", "[✅ HASH, ID] two");
  }

  @Test
  void theNextRunOfAScopeWaitsForOneWhoseLineWasDeleted() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow(
                "slow", "trap 'sleep 1; echo late > late.txt; exit 1' TERM; sleep 60 & wait\n")
            .workflow("add", "ls > log.txt\n")
            .tasks("## Git Worktree feature\n[] one #slow\n[] two #add\n");
    try (var running = sandbox.start()) {
      running.awaitEvent("started");
      sandbox.tasks("## Git Worktree feature\n[] two #add\n");
      running.awaitText("## Git Worktree feature\n[✅ HASH, ID] two #add\n");
      running.awaitQuiet();
    }

    assertThat(sandbox.git("show", "feature:log.txt")).isEqualTo("README.md\nlog.txt");
  }

  @Test
  void aPrerequisiteFromOutsideIsMergedInFirst() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("api", "echo api > api.txt\n")
            .workflow("use", "cat api.txt > used.txt\n")
            .tasks("[] api #api {#api}\n\n## Git Worktree feature\n[⏰ api] use it #use\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.git("show", "feature:used.txt")).isEqualTo("api");
  }

  @Test
  void aScopeNamedLikeTheBaseIsHeld() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "echo x > x\n")
            .tasks("## Git Worktree main\n[] one #add\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("## Git Worktree main\n[] one #add\n");
  }

  @Test
  void aNameThatAttacksIsNeverAPath() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("add", "echo x > x\n")
            .tasks("## Git Worktree ../../evil\n[] one #add\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("## Git Worktree ../../evil\n[] one #add\n");
    assertThat(Files.exists(folder.resolve("evil"))).isFalse();
  }

  @Test
  void aTaskThatWaitedForTwoBuildsOnBoth() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("a", "echo a > a.txt\n")
            .workflow("b", "echo b > b.txt\n")
            .workflow("both", "cat a.txt b.txt > both.txt\n")
            .tasks("[] a #a\n[] b #b\n[⏰] both #both\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).contains("[✅ HASH, ID] both #both\n");
  }

  @Test
  void whatConflictsSpendsNoAgent() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("a", "echo a > same.txt\n")
            .workflow("b", "echo b > same.txt\n")
            .workflow("both", "echo never > both.txt\n")
            .tasks("[] a #a\n[] b #b\n[⏰] both #both\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .contains("[❌, ID] both #both // what it builds on conflicts: ID in same.txt\n");
  }
}
