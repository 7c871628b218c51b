package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.daemon.context.DaemonListener;
import adw.os.process.ProcessIdentity;
import adw.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A done mark always means a commit of the run's own work that passed.
class HonestDoneTest {
  @TempDir Path folder;
  private DaemonSandbox sandbox;

  @BeforeEach
  void createSandbox() throws Exception {
    sandbox = DaemonSandbox.create(folder);
  }

  private String result(String script) throws Exception {
    sandbox.workflow("w", script).tasks("[] Task #w\n");
    sandbox.runUntilIdle();
    return sandbox.shown();
  }

  private Run run() throws Exception {
    return sandbox.runs().stream()
        .filter(run -> run.order().text().startsWith("Task"))
        .findFirst()
        .orElseThrow();
  }

  private String branch() throws Exception {
    return "task-" + run().id();
  }

  @Test
  void filesThatSetUpAloneChangedAreNoWork() throws Exception {
    sandbox.settings = sandbox.withSetUp("echo generated > lock.txt");

    assertThat(result("echo nothing to do here"))
        .isEqualTo("[❌, ID] Task #w // no changes: nothing to do here\n");
  }

  @Test
  void workOnTopOfSetUpIsWork() throws Exception {
    sandbox.settings = sandbox.withSetUp("echo generated > lock.txt");

    assertThat(result("echo mine > mine.txt")).isEqualTo("[✅ HASH, ID] Task #w\n");
  }

  @Test
  void anEmptyCommitIsNoWork() throws Exception {
    assertThat(result("git commit -q --allow-empty -m empty"))
        .isEqualTo("[❌, ID] Task #w // no changes\n");
  }

  @Test
  void aPlanAloneIsNoWork() throws Exception {
    assertThat(result("mkdir specs; echo plan > specs/plan-$ADW_RUN_ID-task.md"))
        .isEqualTo("[❌, ID] Task #w // no changes\n");
  }

  @Test
  void aRewrittenHistoryIsNotDoneAndItsCommitsAreKept() throws Exception {
    var shown =
        result(
            "git checkout -q --orphan other; git commit -q -m root; git branch -M other $ADW_BRANCH"
                + " 2>/dev/null || git branch -f $ADW_BRANCH other; git symbolic-ref HEAD"
                + " refs/heads/$ADW_BRANCH");

    assertThat(shown).startsWith("[❌, ID] Task #w // history rewritten: ");
    assertThat(sandbox.git("log", "--all", "--format=%s")).contains("root");
  }

  @Test
  void aDetachedHeadIsNotDoneAndItsCommitIsKept() throws Exception {
    var shown =
        result("git checkout -q --detach; echo x > x; git add x; git commit -q -m detached");

    assertThat(shown)
        .matches("\\[❌, ID] Task #w // left branch task-ID: HEAD is at [0-9a-f]{7,}\n");
    assertThat(sandbox.git("log", "-1", "--format=%s", "refs/adw/" + run().id() + "/tip"))
        .isEqualTo("detached");
  }

  @Test
  void anotherBranchIsNotDone() throws Exception {
    assertThat(
            result("git checkout -q -b elsewhere; echo x > x; git add x; git commit -q -m other"))
        .isEqualTo("[❌, ID] Task #w // left branch task-ID: HEAD is on elsewhere\n");
  }

  @Test
  void aMergeLeftOpenIsNotDone() throws Exception {
    var shown =
        result(
            """
            echo one > f; git add f; git commit -q -m one
            git checkout -q -b side HEAD~1; echo two > f; git add f; git commit -q -m two
            git checkout -q "$ADW_BRANCH"; git merge -q side || true
            """);

    assertThat(shown).isEqualTo("[❌, ID] Task #w // left a merge unfinished\n");
  }

  @Test
  void aWorkflowsOwnCommitIsTheResult() throws Exception {
    assertThat(result("echo x > x; git add x; git commit -q -m 'my own'"))
        .isEqualTo("[✅ HASH, ID] Task #w\n");
    assertThat(sandbox.git("log", "-1", "--format=%s", branch())).isEqualTo("my own");
  }

  @Test
  void aCommitInTheMainCheckoutIsNotTheRunsWork() throws Exception {
    var shown = result("cd \"$ADW_REPO\"; echo x > x; git add x; git commit -q -m intruder");

    assertThat(shown).isEqualTo("[❌, ID] Task #w // no changes\n");
  }

  @Test
  void verifyMustPassOnTheCommittedTip() throws Exception {
    sandbox.settings = sandbox.withVerify("test ! -e bad.txt");

    assertThat(result("echo x > bad.txt"))
        .isEqualTo("[❌, ID] Task #w // verify failed: test ! -e bad.txt: exit code 1\n");
    assertThat(sandbox.git("show", branch() + ":bad.txt")).isEqualTo("x");
  }

  @Test
  void whatVerifyChangesInTrackedFilesIsPutBack() throws Exception {
    sandbox.settings = sandbox.withVerify("echo changed > README.md");

    assertThat(result("echo x > x")).isEqualTo("[✅ HASH, ID] Task #w\n");
    assertThat(run().place().orElseThrow().worktree().resolve("README.md")).hasContent("hello\n");
  }

  @Test
  void nothingStartsOnABaseThatFailsVerify() throws Exception {
    sandbox.settings = sandbox.withVerify("test -e missing.txt");

    assertThat(result("echo x > x")).isEqualTo("[] Task #w\n");
    assertThat(sandbox.notices)
        .anyMatch(notice -> notice.contains("verify failed: test -e missing.txt"));
    assertThat(sandbox.git("branch", "--list", "adw-verify*")).isEmpty();
  }

  @Test
  void aRunThatRemovesItsOwnWorktreeFails() throws Exception {
    assertThat(
            result("echo x > x; cd \"$ADW_REPO\"; git worktree remove --force \"$ADW_WORKTREE\""))
        .startsWith("[❌, ID] Task #w // ")
        .contains("no worktree of this repository");
  }

  @Test
  void aServerLeftRunningInTheWorktreeIsEnded() throws Exception {
    var pid = folder.resolve("pid");

    assertThat(
            result(
                "echo x > x; (setsid sh -c 'echo $$ > "
                    + pid
                    + "; exec sleep 300' >/dev/null 2>&1 &) ; sleep 0.3"))
        .isEqualTo("[✅ HASH, ID] Task #w\n");
    assertThat(ProcessIdentity.of(Long.parseLong(Files.readString(pid).strip()))).isEmpty();
  }

  @Test
  void aWorkflowThatIgnoresTermIsEndedAtItsTimeout() throws Exception {
    sandbox.settings = sandbox.withTimeout(Duration.ofSeconds(1));

    assertThat(result("trap '' TERM; echo half > half.txt; while :; do sleep 1; done"))
        .startsWith("[❌, ID] Task #w // timed out after 1s: adw logs ");
    assertThat(sandbox.git("show", branch() + ":half.txt")).isEqualTo("half");
  }

  @Test
  void aHookThatObjectsIsTheReasonAndTheWorkIsKept() throws Exception {
    sandbox.hook("pre-commit", "echo 'lint: 3 errors' >&2; exit 1");

    assertThat(result("echo x > x"))
        .isEqualTo("[❌, ID] Task #w // pre-commit hook: lint: 3 errors\n");
    assertThat(sandbox.git("show", branch() + ":x")).isEqualTo("x");
  }

  @Test
  void whatHooksSaidStandsInTheRunsLogsAlsoOfOneThatIsDone() throws Exception {
    sandbox.hook("pre-commit", "echo '2 warnings'; exit 0");
    sandbox.hook("post-checkout", "echo 'no large files here' >&2; exit 2");

    assertThat(result("echo x > x")).isEqualTo("[✅ HASH, ID] Task #w\n");

    assertThat(logs()).contains("2 warnings").contains("no large files here");
  }

  private String logs() throws Exception {
    var all = new StringBuilder();
    try (var files = Files.walk(sandbox.state().run(run().id()).resolve("proc"))) {
      for (var file : files.filter(path -> path.toString().endsWith(".log")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @Test
  void aRepositoryCommittedAsALinkThatNobodyCouldFollowIsNotDone() throws Exception {
    assertThat(
            result(
                """
                mkdir app; cd app; git init -q; git config user.name a; git config user.email a@b
                echo code > main.js; git add .; git commit -q -m init
                cd ..; git add -A 2>/dev/null; git commit -q -m 'add app'
                """))
        .isEqualTo(
            "[❌, ID] Task #w // committed without .gitmodules, as a repository of its own: app"
                + " (cure: .gitignore, or git submodule add)\n");
  }

  @Test
  void tooLargeAFileIsNotCommitted() throws Exception {
    var shown = result("head -c 60000000 /dev/zero > big.bin");

    assertThat(shown).startsWith("[❌, ID] Task #w // ").contains("big.bin");
  }

  @Test
  void theTaskFileIsNeverCommitted() throws Exception {
    Files.writeString(sandbox.root.resolve(".git/info/exclude"), "/trees/\n/adws/\n");

    assertThat(result("echo mine > tasks.md; echo x > x")).isEqualTo("[✅ HASH, ID] Task #w\n");
    assertThat(sandbox.git("ls-tree", "--name-only", branch())).isEqualTo("README.md\nx");
  }

  @Test
  void aReportMayEndWithoutACommit() throws Exception {
    sandbox.workflow("w", "echo 'there are 3 of them'").tasks("[] Count them #w #report\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅, ID] Count them #w #report\n");
  }

  @Test
  void exitCode99SaysThatNothingWasToBeDone() throws Exception {
    assertThat(result("exit 99")).isEqualTo("[✅, ID] Task #w\n");
  }

  @Test
  void anExplainedNoChangeIsDoneWithoutACommit() throws Exception {
    assertThat(result("echo 'NO CHANGE: it is there already'")).isEqualTo("[✅, ID] Task #w\n");
  }

  @Test
  void aLineOfNoChangeInTheMiddleOfALogExplainsNothing() throws Exception {
    assertThat(result("echo 'NO CHANGE: looked at a.txt'; echo 'now b.txt'"))
        .isEqualTo("[❌, ID] Task #w // no changes: now b.txt\n");
  }

  @Test
  void theLastLineIsReadAlikeHoweverAnAgentWritesIt() throws Exception {
    assertThat(result("echo 'now b.txt'; echo '**No change:** all is well'"))
        .isEqualTo("[✅, ID] Task #w\n");
  }

  @Test
  void aQuestionOnTheLastLineWaitsForItsAnswerHoweverItIsWritten() throws Exception {
    assertThat(result("echo x > x; echo '**Question:** a or b?'"))
        .isEqualTo("[❓, ID] Task #w // a or b?\n");
  }

  @Test
  void aRunThatBreaksForWantOfMemoryEndsSoAndIsNotRunAgainAndAgain() throws Exception {
    sandbox.breakAt(DaemonListener.Step.COMMITTED, new OutOfMemoryError("Java heap space"));
    var starts = folder.resolve("starts");

    assertThat(result("echo x >> " + starts + "; echo x > x"))
        .isEqualTo("[❌, ID] Task #w // adw ran out of memory: Java heap space\n");
    assertThat(starts).hasContent("x");
    assertThat(sandbox.git("show", branch() + ":x")).isEqualTo("x");
  }
}
