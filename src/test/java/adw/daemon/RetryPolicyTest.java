package adw.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.daemon.context.DaemonListener;
import adw.daemon.scene.DaemonSandbox;
import adw.run.Run;
import adw.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
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
        DaemonSandbox.create(folder)
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
        DaemonSandbox.create(folder)
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
        DaemonSandbox.create(folder)
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
        DaemonSandbox.create(folder)
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
        .allSatisfy(run -> assertThat(run.notes().group()).isPresent());
  }

  /// Fails once, and goes well the second time.
  private DaemonSandbox flaky() throws Exception {
    var first = folder.resolve("first");
    return DaemonSandbox.create(folder)
        .workflow(
            "flaky",
            "echo $ADW_RUN_ID > x; test -e " + first + " && exit 0; touch " + first + "; exit 1\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = DaemonListener.Step.class,
      names = {"NEXT_RECORDED", "NEXT_CLAIMED"})
  void aLineageIsWholeWhereverTheStartOfItsNextAttemptBrokeOff(DaemonListener.Step step)
      throws Exception {
    var clock = new HandClock();
    var sandbox = flaky().tasks("[] Flaky #flaky {#f}\n[⏰ f] After #flaky\n");
    sandbox.clock = clock;
    sandbox.settings = sandbox.withRetries(1);
    sandbox.failAt(step, "no space left on device");
    try (var running = sandbox.start()) {
      running.awaitEvent("waiting");
      clock.advance(Duration.ofSeconds(11));
      running.look();
      running.awaitText("[✅ HASH, ID] Flaky #flaky {#f}\n[✅ HASH, ID] After #flaky\n");
    }

    var first = attempt(sandbox, 1);
    assertThat(first.notes().next()).isEqualTo(Optional.of(attempt(sandbox, 2).id()));
    assertThat(first.stage())
        .isInstanceOfSatisfying(Stage.Ended.class, end -> assertThat(end.shown()).isTrue());
    assertThat(sandbox.state().open()).isEmptyDirectory();
    assertThat(sandbox.state().live()).isEmptyDirectory();
  }

  private static Run attempt(DaemonSandbox sandbox, int number) throws Exception {
    return sandbox.runs().stream()
        .filter(run -> run.order().text().startsWith("Flaky"))
        .filter(run -> run.lineage().attempt() == number && !Recovery.isWithdrawn(run))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRetryThatFallsDueWhileItsLineIsOnAnotherBranchStartsWhenTheLineIsBack() throws Exception {
    var clock = new HandClock();
    var sandbox = flaky().tasks("# Other\n");
    sandbox.git("add", "-f", "tasks.md");
    sandbox.git("commit", "-qm", "other");
    sandbox.git("branch", "other");
    sandbox.tasks("[] Flaky #flaky\n");
    sandbox.clock = clock;
    sandbox.settings = sandbox.withRetries(1);
    try (var running = sandbox.start()) {
      running.awaitEvent("waiting");
      sandbox.git("commit", "-qam", "running");
      sandbox.git("checkout", "-q", "other");
      clock.advance(Duration.ofSeconds(11));
      running.look();
      running.awaitQuiet();
    }
    assertThat(sandbox.runUntilIdle()).isEqualTo(Daemon.End.IDLE);
    sandbox.git("checkout", "-q", "main");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Flaky #flaky\n");
  }

  @Test
  void aClaimThatADeadDaemonHadWrittenIsCarriedOutAlsoWhileItsLineIsOnAnotherBranch()
      throws Exception {
    var sandbox = DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("# Other\n");
    sandbox.git("add", "-f", "tasks.md");
    sandbox.git("commit", "-qm", "other");
    sandbox.git("branch", "other");
    sandbox.tasks("[] Make #make\n");
    sandbox.startCrashing(DaemonListener.Step.CLAIMED, 1).waitFor();
    sandbox.git("commit", "-qam", "claimed");
    sandbox.git("checkout", "-q", "other");

    sandbox.runUntilIdle();
    sandbox.git("checkout", "-q", "main");
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Make #make\n");
  }

  private DaemonSandbox limited(String until) throws Exception {
    var report = "{\"outcome\":\"waiting\",\"for\":\"rate-limit\"" + until + "}";
    var script =
        """
        echo $ADW_RUN_ID > x
        if [ -e "$ADW_REPO/go" ]; then exit 0; fi
        printf '%s' '\
        """
            + report
            + "' > \"$ADW_RESULT\"\nexit 75\n";
    return DaemonSandbox.create(folder)
        .workflow("own", script)
        .workflow("make", "echo x > x\n")
        .tasks("[] A #own\n[] B #own\n[] C #make\n");
  }

  @Test
  void aRateLimitThatAWorkflowReportsHoldsItsOtherTasksUntilThen() throws Exception {
    var clock = new HandClock();
    var end = clock.instant().plus(Duration.ofHours(1));
    var sandbox = limited(",\"until\":\"" + end + "\"");
    sandbox.clock = clock;
    sandbox.settings = sandbox.withSlots(1);
    try (var running = sandbox.start()) {
      running.awaitText("[🟡, ID] A #own\n[] B #own\n[✅ HASH, ID] C #make\n");
      // A slot is free a moment after the mark is written.
      await().untilAsserted(() -> assertThat(sandbox.state().live()).isEmptyDirectory());
      Files.createFile(sandbox.root.resolve("go"));
      clock.advance(Duration.ofMinutes(61));
      running.look();
      running.awaitText("[✅ HASH, ID] A #own\n[✅ HASH, ID] B #own\n[✅ HASH, ID] C #make\n");
    }
  }

  @Test
  void aRateLimitWithoutATimeIsWaitedOutLongerEachTime() throws Exception {
    var clock = new HandClock();
    var sandbox = limited("").tasks("[] A #own\n");
    sandbox.clock = clock;
    try (var running = sandbox.start()) {
      running.awaitEvent("waiting");
      assertThat(wait(sandbox)).isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
      sandbox.events.clear();
      clock.advance(Duration.ofMinutes(1));
      running.look();
      running.awaitEvent("waiting");
      assertThat(wait(sandbox)).isEqualTo(clock.instant().plus(Duration.ofMinutes(2)));
    }
  }

  private static Instant wait(DaemonSandbox sandbox) throws Exception {
    return WaitingRuns.waitOf(sandbox.runs().getFirst()).until().orElseThrow();
  }
}
