package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.os.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody kills a run's own processes, or sets the clock, while it works.
class KilledProcessesTest {
  @TempDir Path folder;

  private DaemonSandbox slow() throws Exception {
    return DaemonSandbox.create(folder)
        .workflow(
            "slow",
            """
            echo x >> x.txt
            echo $$ >> %s
            while ! test -e "$ADW_REPO/go"; do sleep 0.05; done
            """
                .formatted(folder.resolve("pids")))
        .tasks("[] Slow #slow\n");
  }

  private List<Long> pids() throws Exception {
    var file = folder.resolve("pids");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
        : List.of();
  }

  private void awaitStarts(int count) {
    await().until(() -> pids().size() == count);
  }

  @Test
  void aKilledWorkflowIsAFailureAndItsWorkIsKept() throws Exception {
    var sandbox = slow();
    try (var running = sandbox.start()) {
      awaitStarts(1);
      ProcessHandle.of(pids().getFirst()).orElseThrow().destroyForcibly();
      await().until(() -> sandbox.shown().startsWith("[❌, ID] Slow #slow // "));
      assertThat(running).isNotNull();
    }

    assertThat(sandbox.git("show", "task-" + sandbox.runs().getFirst().id() + ":x.txt"))
        .isEqualTo("x");
    assertThat(pids()).hasSize(1);
  }

  @Test
  void aRunWhoseSupervisorWasKilledGoesOnOnceWithNothingBesideIt() throws Exception {
    var sandbox = slow();
    try (var running = sandbox.start()) {
      awaitStarts(1);
      var first = pids().getFirst();
      ProcessHandle.of(first).flatMap(ProcessHandle::parent).orElseThrow().destroyForcibly();
      awaitStarts(2);
      assertThat(ProcessIdentity.of(first)).isEmpty();
      Files.createFile(sandbox.root.resolve("go"));
      running.awaitText("[✅ HASH, ID] Slow #slow\n");
    }

    assertThat(sandbox.runs()).hasSize(1);
  }

  @Test
  void aClockSetByAnHourNeitherEndsNorRepeatsARun() throws Exception {
    var sandbox = slow();
    var offset = new Duration[] {Duration.ZERO};
    InstantSource clock = () -> Instant.now().plus(offset[0]);
    sandbox.clock = clock;
    sandbox.settings = sandbox.withTimeout(Duration.ofMinutes(5));
    try (var running = sandbox.start()) {
      awaitStarts(1);
      offset[0] = Duration.ofHours(1);
      running.look();
      offset[0] = Duration.ofHours(-1);
      running.look();
      Files.createFile(sandbox.root.resolve("go"));
      running.awaitText("[✅ HASH, ID] Slow #slow\n");
    }

    assertThat(pids()).hasSize(1);
  }
}
