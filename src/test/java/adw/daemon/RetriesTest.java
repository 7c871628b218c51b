package adw.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetriesTest {
  @TempDir Path folder;

  /// A clock that a test moves on.
  private static final class HandClock implements InstantSource {
    private volatile Instant now = Instant.now();

    @Override
    public Instant instant() {
      return now;
    }

    void advance(Duration time) {
      now = instant().plus(time);
    }
  }

  @Test
  void aFailedTaskIsTriedAgainFreshFromTheBaseUnderANewId() throws Exception {
    var clock = new HandClock();
    var starts = folder.resolve("starts");
    var sandbox =
        Sandbox.create(folder)
            .workflow(
                "flaky",
                "echo $ADW_RUN_ID >> "
                    + starts
                    + "\ntest ! -e left.txt\necho x > left.txt\ntest $(wc -l < "
                    + starts
                    + ") -ge 2\n")
            .tasks("[] Flaky #flaky\n");
    sandbox.clock = clock;
    sandbox.settings = sandbox.withRetries(1);
    try (var running = sandbox.start()) {
      running.awaitEvent("waiting");
      assertThat(sandbox.shown()).isEqualTo("[🟡, ID] Flaky #flaky\n");
      assertThat(sandbox.state().live()).isEmptyDirectory();
      clock.advance(Duration.ofSeconds(11));
      running.look();
      running.awaitText("[✅ HASH, ID] Flaky #flaky\n");
    }

    assertThat(Files.readAllLines(starts)).hasSize(2).doesNotHaveDuplicates();
    assertThat(sandbox.runs())
        .extracting(run -> run.lineage().attempt())
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void aTaskThatAlwaysFailsRunsOnceMoreThanItsRetriesHoweverLongItWaits() throws Exception {
    var clock = new HandClock();
    var starts = folder.resolve("starts");
    var sandbox =
        Sandbox.create(folder)
            .workflow("bad", "echo $ADW_RUN_ID >> " + starts + "\necho no >&2; exit 1\n")
            .tasks("[] Bad #bad\n");
    sandbox.clock = clock;
    sandbox.settings = sandbox.withRetries(2);

    for (var hour = 0; hour < 4; hour++) {
      try (var running = sandbox.start()) {
        running.awaitQuiet();
      }
      clock.advance(Duration.ofHours(1));
    }

    assertThat(sandbox.shown()).isEqualTo("[❌, ID] Bad #bad // no\n");
    assertThat(Files.readAllLines(starts)).hasSize(3);
  }

  @Test
  void anAgentWhoseSetUpFailsThreeTimesIsPaused() throws Exception {
    var sandbox =
        Sandbox.create(folder)
            .workflow("make", "echo x > x\n")
            .tasks("[] A #make\n[] B #make\n[] C #make\n[] D #make\n");
    sandbox.settings = sandbox.withSetUp("echo 'npm: not found' >&2; exit 1");
    sandbox.settings = sandbox.withSlots(1);

    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo(
            """
            [❌, ID] A #make // set-up failed: echo 'npm: not found' >&2; exit 1: npm: not found
            [❌, ID] B #make // set-up failed: echo 'npm: not found' >&2; exit 1: npm: not found
            [❌, ID] C #make // set-up failed: echo 'npm: not found' >&2; exit 1: npm: not found
            [] D #make
            """);
  }

  @Test
  void theNextAttemptSharesTheBudgetOfItsGroupToo() throws Exception {
    var clock = new HandClock();
    var sandbox =
        Sandbox.create(folder)
            .workflow("fail", "exit 1\n")
            .tasks("[] All #group {budget=2}\n  [] Part #fail\n");
    sandbox.clock = clock;
    sandbox.settings = sandbox.withRetries(1);
    try (var running = sandbox.start()) {
      running.awaitEvent("waiting");
      clock.advance(Duration.ofSeconds(11));
      running.look();
      running.awaitText("[] All #group {budget=2}\n  [❌, ID] Part #fail // exit code 1\n");
    }

    assertThat(sandbox.runs())
        .hasSize(2)
        .allSatisfy(run -> assertThat(run.unknown().findObject("group")).isPresent());
  }
}
