package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.run.Request;
import adw.run.RequestFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A round of feedback that does not end done leaves what the rounds before it made: the branch,
/// and the line.
class RoundsTest {
  @TempDir Path folder;
  private DaemonSandbox sandbox;

  @BeforeEach
  void createDoneRun() throws Exception {
    sandbox =
        DaemonSandbox.create(folder)
            .workflow("w", "if [ -e good ]; then . \"$ADW_REPO/second\"; else echo 1 > good; fi\n")
            .tasks("[] Task #w\n");
    Files.writeString(
        sandbox.root.resolve(".git/info/exclude"), "/tasks.md\n/trees/\n/adws/\n/second\n");
    sandbox.runUntilIdle();
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Task #w\n");
  }

  private String id() throws Exception {
    return sandbox.runs().stream()
        .filter(run -> run.order().text().startsWith("Task"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private String branch() throws Exception {
    return "task-" + id();
  }

  private void secondRound(String script) throws Exception {
    Files.writeString(sandbox.root.resolve("second"), script + "\n");
    new RequestFolder(sandbox.state())
        .send(new Request.Continue(id(), "more", "Ada"), Instant.now(), new Random());
    sandbox.runUntilIdle();
  }

  private void assertAsBefore(String tail) throws Exception {
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Task #w // " + tail + "\n");
    assertThat(sandbox.git("log", "--format=%s", branch())).isEqualTo("Task\nfirst");
    assertThat(sandbox.git("ls-tree", "--name-only", branch())).isEqualTo("README.md\ngood");
    assertThat(sandbox.git("-C", "trees/" + id(), "status", "--porcelain")).isEmpty();
    assertThat(sandbox.git("-C", "trees/" + id(), "symbolic-ref", "HEAD"))
        .isEqualTo("refs/heads/" + branch());
  }

  @Test
  void theBranchOfAFailedRoundIsTheOneBeforeAndItsWorkIsKept() throws Exception {
    secondRound("echo 2 > good; git commit -qam two; echo 3 > good; echo no >&2; exit 1");

    assertAsBefore("round 2 failed: no");
    assertThat(sandbox.git("show", "refs/adw/" + id() + "/tip:good")).isEqualTo("2");
    assertThat(sandbox.git("show", "refs/adw/" + id() + "/files:good")).isEqualTo("3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git checkout -q -b other; echo 2 > good; git commit -qam two",
        "git checkout -q --detach; echo 2 > good; git commit -qam two",
        "git reset -q --hard HEAD^",
        "git branch -q -m other",
        "git checkout -q --orphan empty; echo 2 > good",
        "git init -q inner; echo 2 > inner/file; git add inner 2>/dev/null || true"
      })
  void howeverItLeavesTheBranch(String script) throws Exception {
    secondRound(script);

    assertThat(sandbox.shown()).startsWith("[✅ HASH, ID] Task #w // round 2 failed: ");
    assertThat(sandbox.git("log", "--format=%s", branch())).isEqualTo("Task\nfirst");
    assertThat(sandbox.git("-C", "trees/" + id(), "status", "--porcelain")).isEmpty();
  }

  @Test
  void aRoundThatFailsVerifyToo() throws Exception {
    sandbox.settings = sandbox.withVerify("grep -q 1 good || ! test -e good");

    secondRound("echo 2 > good");

    assertThat(sandbox.shown()).contains("[✅ HASH, ID] Task #w // round 2 failed: verify failed:");
    assertThat(sandbox.git("show", branch() + ":good")).isEqualTo("1");
  }

  @Test
  void aRoundThatFailsIsNotTriedAgainFromTheBase() throws Exception {
    sandbox.settings = sandbox.withRetries(2);

    secondRound("exit 3");

    assertAsBefore("round 2 failed: exit code 3");
    assertThat(sandbox.runs()).hasSize(1);
  }

  @Test
  void whatSomebodyCommittedBetweenTheRoundsStays() throws Exception {
    var tree = "trees/" + id();
    Files.writeString(sandbox.root.resolve(tree).resolve("mine"), "mine\n");
    sandbox.git("-C", tree, "add", "mine");
    sandbox.git("-C", tree, "commit", "-q", "-m", "mine");

    secondRound("echo 2 > good; exit 3");

    assertThat(sandbox.git("log", "--format=%s", branch())).isEqualTo("mine\nTask\nfirst");
  }

  @Test
  void theNoOfAPersonInTheFileStandsAndTheBranchIsTheOneBefore() throws Exception {
    Files.writeString(
        sandbox.root.resolve("second"), "echo 2 > good; touch at-work; exec sleep 100\n");
    new RequestFolder(sandbox.state())
        .send(new Request.Continue(id(), "more", "Ada"), Instant.now(), new Random());
    try (var running = sandbox.start()) {
      await().until(() -> Files.exists(sandbox.root.resolve("trees/" + id() + "/at-work")));
      sandbox.tasks(Files.readString(sandbox.tasks).replace("🟡", "⊘"));
      running.awaitQuiet();
    }

    assertThat(sandbox.shown()).startsWith("[⊘, ID] Task #w");
    assertThat(sandbox.git("show", branch() + ":good")).isEqualTo("1");
    assertThat(sandbox.git("show", "refs/adw/" + id() + "/files:good")).isEqualTo("2");
  }

  @Test
  void aRoundThatEndsDoneAfterOneThatFailedIsDone() throws Exception {
    secondRound("exit 3");
    secondRound("echo 2 > good");

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Task #w\n");
    assertThat(sandbox.git("show", branch() + ":good")).isEqualTo("2");
  }
}
