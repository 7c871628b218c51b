package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainPathTest {
  @TempDir Path folder;

  @Test
  void aTaskBecomesACommitOnABranchOfItsOwn() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("make", "cat > out.txt\n")
            .tasks("# Tasks\n\n[] Write the file #make\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("# Tasks\n\n[✅ HASH, ID] Write the file #make\n");
    var run = sandbox.runs().getFirst();
    assertThat(sandbox.git("show", "task-" + run.id() + ":out.txt"))
        .startsWith("Write the file #make");
    assertThat(sandbox.git("log", "-1", "--format=%s", "task-" + run.id()))
        .isEqualTo("Write the file");
    assertThat(sandbox.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void theEndOfARunAndTheClaimInItsSlotAreOneWrite() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("make", "date > out.txt\n")
            .tasks("[] one #make\n[] two #make\n[] three #make\n");
    sandbox.settings = sandbox.withSlots(1);

    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo(
            """
            [✅ HASH, ID] one #make
            [✅ HASH, ID] two #make
            [✅ HASH, ID] three #make
            """);
    // The versions before: the first claim, two ends with the next claim, the last end.
    try (var versions = Files.list(sandbox.state().journal().resolve("versions"))) {
      assertThat(versions).hasSize(4);
    }
  }

  @Test
  void aBlockedTaskBuildsOnTheCommitOfTheOneAboveIt() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("make", "date >> out.txt\n")
            .tasks("[] First #make\n[⏰] Second #make\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] First #make\n[✅ HASH, ID] Second #make\n");
    var second =
        sandbox.runs().stream()
            .filter(run -> run.order().text().startsWith("Second"))
            .findFirst()
            .orElseThrow();
    assertThat(sandbox.git("log", "--format=%s", second.place().orElseThrow().branch()))
        .isEqualTo("Second\nFirst\nfirst");
  }

  @Test
  void aFailingWorkflowLeavesItsReasonInTheFileAndItsWorkOnTheBranch() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("fail", "echo half > half.txt; echo 'no such table: users' >&2; exit 3\n")
            .tasks("- [ ] Break it #fail\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("- [❌, ID] Break it #fail // no such table: users\n");
    var run = sandbox.runs().getFirst();
    assertThat(sandbox.git("show", "task-" + run.id() + ":half.txt")).isEqualTo("half");
  }

  @Test
  void aWorkflowThatChangesNothingIsNotDone() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("idle", "echo I looked at it.\n")
            .tasks("[] Look #idle\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[❌, ID] Look #idle // no changes: I looked at it.\n");
  }

  @Test
  void aDoneLineMovesToItsScopesDoneSectionWhenNothingBelowNeedsItsPlace() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("make", "date +%N >> out.txt\n")
            .tasks("## To Do\n\n[] First #make\n[⏰] Second #make\n\n## Done\n\n- earlier\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo(
            "## To Do\n\n\n## Done\n\n- earlier\n[✅ HASH, ID] First #make\n[✅ HASH, ID] Second #make\n");
  }

  @Test
  void aDoneLineThatWaitsForATaskBelowItMovesAlsoWhenAnotherDaemonIsThereByThen() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("make", "date +%N >> out.txt\n")
            .tasks("[] First #make\n[⏰] Second #make #adw_none\n\n## Done\n\n- earlier\n");
    sandbox.runUntilIdle();
    var waiting = sandbox.shown();

    sandbox.tasks(Files.readString(sandbox.tasks).replace(" #adw_none", ""));
    sandbox.runUntilIdle();

    assertThat(waiting)
        .isEqualTo(
            "[✅ HASH, ID] First #make\n[⏰] Second #make #adw_none\n\n## Done\n\n- earlier\n");
    assertThat(sandbox.shown())
        .isEqualTo("\n## Done\n\n- earlier\n[✅ HASH, ID] First #make\n[✅ HASH, ID] Second #make\n");
    assertThat(sandbox.state().root().resolve("moves.json")).doesNotExist();
  }
}
