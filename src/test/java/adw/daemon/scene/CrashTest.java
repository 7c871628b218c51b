package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.daemon.context.DaemonListener;
import adw.os.process.ProcessIdentity;
import adw.run.Outcome;
import adw.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A daemon dies at each step; the next one finishes what it had begun, and nothing is done twice.
class CrashTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = DaemonListener.Step.class,
      mode = Mode.MATCH_NONE,
      names = "(BASE|NEXT|READY)_.*")
  void afterACrashEachTaskEndsInOneMarkAndItsWorkflowRanOnce(DaemonListener.Step step)
      throws Exception {
    var sandbox = DaemonSandbox.create(folder);
    var starts = folder.resolve("starts");
    sandbox
        .workflow(
            "make", "echo \"$ADW_RUN_ID\" >> " + starts + "\necho \"$ADW_RUN_ID\" > made.txt\n")
        .workflow("fail", "echo \"$ADW_RUN_ID\" >> " + starts + "\necho broken >&2\nexit 1\n")
        .tasks("[] one #make\n[] two #fail\n[⏰ x] three\n[] four #make {#x}\n");
    sandbox.settings = sandbox.withVerify("test -s README.md");

    var crashed = sandbox.startCrashing(step, isOfAllAtOnce(step) ? 1 : 2).waitFor();
    sandbox.runUntilIdle();

    assertThat(crashed).as(Files.readString(folder.resolve("crashing.log"))).isEqualTo(137);
    assertThat(sandbox.shown())
        .isEqualTo(
            """
            [✅ HASH, ID] one #make
            [❌, ID] two #fail // broken
            [⏰ x] three
            [✅ HASH, ID] four #make {#x}
            """);
    assertThat(Files.readAllLines(starts)).doesNotHaveDuplicates().hasSize(3);
    assertThat(sandbox.state().live()).isEmptyDirectory();
    assertThat(sandbox.state().open()).isEmptyDirectory();
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }

  /// All three tasks are claimed in one write; every other step each run takes by itself.
  private static boolean isOfAllAtOnce(DaemonListener.Step step) {
    return step == DaemonListener.Step.RECORDED || step == DaemonListener.Step.CLAIMED;
  }

  @ParameterizedTest
  @EnumSource(
      value = DaemonListener.Step.class,
      names = {"BASE_RECORDED", "BASE_WORKTREE_MADE", "LINE_LAUNCHED", "BASE_JUDGED"})
  void aDaemonKilledWhileItVerifiesTheBaseLeavesNothingOfThat(DaemonListener.Step step)
      throws Exception {
    var pid = folder.resolve("pid");
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] one #make\n");
    sandbox.settings =
        sandbox.withVerify(
            "touch mess; echo $$ > "
                + pid
                + (step == DaemonListener.Step.LINE_LAUNCHED ? "; sleep 99" : ""));

    var crashed = sandbox.startCrashing(step, 1).waitFor();
    if (step == DaemonListener.Step.LINE_LAUNCHED) {
      await().until(() -> Files.exists(pid) && !Files.readString(pid).isEmpty());
    }
    sandbox.settings = sandbox.withVerify("true");
    sandbox.runUntilIdle();

    assertThat(crashed).as(Files.readString(folder.resolve("crashing.log"))).isEqualTo(137);
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] one #make\n");
    assertThat(Files.exists(pid) ? ProcessIdentity.of(readLong(pid)) : Optional.empty()).isEmpty();
    assertThat(sandbox.git("branch", "--list", "adw-verify*")).isEmpty();
    assertThat(sandbox.git("worktree", "list").lines()).hasSize(2);
    assertThat(sandbox.root.resolve("trees")).isDirectoryNotContaining(this::isOfACheck);
    assertThat(sandbox.state().open()).isEmptyDirectory();
    assertThat(sandbox.runs())
        .allMatch(run -> run.stage() instanceof Stage.Ended(_, var shown) && shown);
    assertThat(sandbox.git("worktree", "prune", "--dry-run", "--verbose")).isEmpty();
  }

  private static long readLong(Path file) throws Exception {
    return Long.parseLong(Files.readString(file).strip());
  }

  /// The one task's worktree holds what it made.
  private boolean isOfACheck(Path worktree) {
    return !Files.exists(worktree.resolve("x"));
  }

  @Test
  void theLockThatADeadDaemonLeftInARunsWorktreeFailsNothing() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] one #make\n");
    sandbox.startCrashing(DaemonListener.Step.WORKTREE_MADE, 1).waitFor();
    var id = sandbox.runs().getFirst().id();
    Files.createFile(sandbox.root.resolve(".git/worktrees").resolve(id).resolve("index.lock"));
    sandbox.git("commit", "-q", "--allow-empty", "-m", "the base moves");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] one #make\n");
  }

  @Test
  void theLockThatADeadDaemonLeftOfTheBranchItWasMakingFailsNothing() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] one #make\n");
    sandbox.startCrashing(DaemonListener.Step.PREPARING, 1).waitFor();
    var id = sandbox.runs().getFirst().id();
    Files.createFile(sandbox.root.resolve(".git/refs/heads/task-" + id + ".lock"));

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] one #make\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = DaemonListener.Step.class,
      names = {"BASE_JUDGED", "JUDGED"})
  void theLockOfADeadDaemonFailsNoVerification(DaemonListener.Step step) throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] one #make\n");
    sandbox.settings = sandbox.withVerify("test -s README.md");
    sandbox.startCrashing(step, 1).waitFor();
    try (var admins = Files.newDirectoryStream(sandbox.root.resolve(".git/worktrees"))) {
      for (var admin : admins) {
        Files.createFile(admin.resolve("index.lock"));
      }
    }

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] one #make\n");
    assertThat(sandbox.git("branch", "--list", "adw-verify*")).isEmpty();
  }

  @Test
  void aClaimWhoseLineWasTakenOutWhileItsWorktreeWasMadeIsStillOne() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] one #make\n");
    sandbox.startCrashing(DaemonListener.Step.WORKTREE_MADE, 1).waitFor();
    Files.writeString(sandbox.root.resolve("tasks.md"), "nothing to do any more\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.runs())
        .singleElement()
        .returns(true, run -> run.place().isPresent())
        .returns(true, run -> run.outcome().filter(Outcome.Done.class::isInstance).isPresent());
    assertThat(sandbox.state().open()).isEmptyDirectory();
  }

  @Test
  void aRunThatCouldNotBeStartedLeavesNoHalfWorktree() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] one #make\n");
    for (var i = 0; i < 3; i++) {
      sandbox.startCrashing(DaemonListener.Step.PREPARING, 1).waitFor();
    }
    var id = sandbox.runs().getFirst().id();
    var admin = sandbox.root.resolve(".git/worktrees").resolve(id);
    Files.createDirectories(admin);
    Files.writeString(admin.resolve("locked"), "initializing\n");
    Files.writeString(admin.resolve("gitdir"), sandbox.root + "/trees/" + id + "/.git\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo("[❌, ID] one #make // could not be started: adw logs ID\n");
    assertThat(admin).doesNotExist();
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }

  /// Native git goes on making the worktree when its daemon dies; nobody works in it before it
  /// ends.
  @Test
  void aDaemonKilledWhileGitMakesTheWorktreeLeavesAWholeOneToTheNext() throws Exception {
    var sandbox = DaemonSandbox.create(folder);
    sandbox.git("config", "filter.slow.smudge", "sleep 1; cat");
    sandbox.git("config", "filter.slow.clean", "cat");
    for (var name : List.of("a", "b", "c", "d")) {
      Files.writeString(sandbox.root.resolve(name + ".slow"), name + "\n");
    }
    Files.writeString(sandbox.root.resolve(".gitattributes"), "*.slow filter=slow\n");
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "slow files");
    sandbox.workflow("make", "ls *.slow > made.txt\n").tasks("[] one #make\n");

    var daemon = sandbox.startCrashing(DaemonListener.Step.ENDED, 0);
    await().until(() -> isAnyBeingMade(sandbox));
    daemon.destroyForcibly().waitFor();
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] one #make\n");
    var branch = "task-" + sandbox.runs().getFirst().id();
    assertThat(sandbox.git("diff", "--stat", "main", branch))
        .contains("1 file changed, 4 insertions(+)");
    assertThat(sandbox.git("worktree", "list").lines()).hasSize(2);
  }

  private static boolean isAnyBeingMade(DaemonSandbox sandbox) throws Exception {
    var all = sandbox.root.resolve(".git/worktrees");
    if (!Files.isDirectory(all)) {
      return false;
    }
    try (var each = Files.list(all)) {
      return each.anyMatch(admin -> Files.exists(admin.resolve("locked")));
    }
  }
}
