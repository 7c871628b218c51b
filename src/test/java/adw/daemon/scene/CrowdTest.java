package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.daemon.context.DaemonListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many daemons on one repository.
class CrowdTest {
  private static final int DAEMONS = 8;

  @TempDir Path folder;

  private DaemonSandbox sandbox(int tasks) throws Exception {
    var starts = folder.resolve("starts");
    var running = Files.createDirectories(folder.resolve("running"));
    return DaemonSandbox.create(folder)
        .workflow(
            "make",
            """
            echo "$ADW_RUN_ID" >> %s
            touch %s/$ADW_RUN_ID
            ls %s | wc -l >> %s
            echo "$ADW_RUN_ID" > made.txt
            rm %s/$ADW_RUN_ID
            """
                .formatted(starts, running, running, folder.resolve("together"), running))
        .tasks(
            IntStream.range(0, tasks)
                .mapToObj(i -> "[] task " + i + " #make\n")
                .collect(Collectors.joining()));
  }

  private void assertAllDoneOnce(DaemonSandbox sandbox, int tasks) throws Exception {
    assertThat(sandbox.shown().lines())
        .hasSize(tasks)
        .allMatch(line -> line.startsWith("[✅ HASH, ID] task "));
    assertThat(Files.readAllLines(folder.resolve("starts"))).hasSize(tasks).doesNotHaveDuplicates();
    assertThat(sandbox.state().live()).isEmptyDirectory();
    assertThat(sandbox.state().open()).isEmptyDirectory();
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
    assertThat(sandbox.git("branch", "--list", "task-*").lines()).hasSize(tasks);
  }

  @Test
  void eightDaemonsRunEachTaskOnceAndNeverPassTheCap() throws Exception {
    var tasks = Integer.getInteger("adw.crowd", 40);
    var sandbox = sandbox(tasks);
    var daemons = new ArrayList<Process>();
    for (var i = 0; i < DAEMONS; i++) {
      daemons.add(sandbox.startCrashing(DaemonListener.Step.ENDED, 0));
    }

    for (var daemon : daemons) {
      assertThat(daemon.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }

    assertAllDoneOnce(sandbox, tasks);
    assertThat(
            Files.readAllLines(folder.resolve("together")).stream()
                .mapToInt(line -> Integer.parseInt(line.strip()))
                .max()
                .orElse(0))
        .isLessThanOrEqualTo(5);
  }

  @Test
  void daemonsKilledAtRandomMomentsLoseNothingAndRepeatNothing() throws Exception {
    var seed = Long.getLong("adw.seed", System.nanoTime());
    var kills = Integer.getInteger("adw.kills", 8);
    var tasks = kills * 3;
    var random = new Random(seed);
    var sandbox = sandbox(tasks);

    for (var i = 0; i < kills; i++) {
      var daemon = sandbox.startCrashing(DaemonListener.Step.ENDED, 0);
      daemon.waitFor(600 + random.nextInt(1500), TimeUnit.MILLISECONDS);
      daemon.destroyForcibly().waitFor();
    }
    sandbox.runUntilIdle();

    var ends = sandbox.shown().lines().toList();
    var done = ends.stream().filter(line -> line.startsWith("[✅ HASH, ID] task ")).count();
    assertThat(ends)
        .as("seed %s", seed)
        .hasSize(tasks)
        .allMatch(line -> line.startsWith("[✅ HASH, ID] task ") || isUnstarted(line));
    assertThat(Files.readAllLines(folder.resolve("starts")))
        .as("seed %s", seed)
        .hasSize((int) done)
        .doesNotHaveDuplicates();
    assertThat(sandbox.state().live()).isEmptyDirectory();
    assertThat(sandbox.state().open()).isEmptyDirectory();
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }

  /// Whoever is killed three times while it makes the worktree of one task gives that task up.
  private static boolean isUnstarted(String line) {
    return line.matches("\\[❌, ID] task \\d+ #make // could not be started: adw logs ID");
  }
}
