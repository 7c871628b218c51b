package adw.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import adw.daemon.scene.DaemonSandbox;
import adw.run.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a crash has left in the state is cleared by the next daemon that is alone, and nothing
/// else.
class StaleFilesTest {
  private static final String LOST = "adw_0a0a0a0a";

  @TempDir Path folder;
  private DaemonSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] Make #make\n");
  }

  private Path state(String name) throws Exception {
    var file = sandbox.state().root().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  @Test
  void whatIsLeftOfDeadDaemonsAndOfRunsWithoutARecordIsCleared() throws Exception {
    var left =
        new Path[] {
          state("daemons/0b0b0b0b"),
          state("daemons/0b0b0b0b.who"),
          state("daemons/0c0c0c0c.who"),
          state(".held.json.99999999-1f-1.tmp"),
          state("requests/.1-1.json.3f2.tmp"),
          state("agents/.raises.json.99999999-1f-1.tmp"),
          state("agents/paused/.stub.json.99999999-1f-1.tmp"),
          state("flows/cache/.0a.json.99999999-1f-1.tmp"),
          state("flows/runs/judged/judged-1-2/.run.json.99999999-1f-1.tmp"),
          state("journal/versions/.000000000001-a-0a0a.99999999-1f-1.tmp"),
          state("proc/0c0c0c0c/git-commit/started"),
          state("runs/" + LOST + "/.run.json.3f2-1.tmp"),
          state("runs/" + LOST + "/prompt.md"),
          sandbox.state().run(LOST),
          state("live/" + LOST),
          state("ports/9100"),
          state("objects/3f2a.part")
        };

    sandbox.runUntilIdle();

    assertThat(left).noneMatch(Files::exists);
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Make #make\n");
  }

  @Test
  void whatALivingProcessIsWritingAndWhatARunHasSaidStays() throws Exception {
    var kept =
        new Path[] {
          state(".held.json." + ProcessHandle.current().pid() + "-1f-1.tmp"),
          state("runs/" + LOST + "/proc/1/started"),
          state("runs/" + LOST + "/proc/1/stderr.log"),
          state("requests/1-1.json.bad"),
          state("paused.note")
        };

    sandbox.runUntilIdle();

    assertThat(kept).allMatch(Files::exists);
  }

  @Test
  void aSlotOfARunThatIsOverIsFree() throws Exception {
    sandbox.settings = sandbox.withSlots(1);
    state("live/" + LOST);

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Make #make\n");
    assertThat(new RunStore(sandbox.state()).liveIds()).isEmpty();
  }

  @Test
  void theStateIsOpenToItsOwnerAlone() throws Exception {
    sandbox.runUntilIdle();

    assertThat(Files.getPosixFilePermissions(sandbox.state().root()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theValueOfAVariableThatIsNamedLikeASecretIsNotWrittenIntoTheTaskFile() throws Exception {
    sandbox.variable("DEPLOY_TOKEN", "tr0ub4dor-and-3");
    sandbox.workflow("tell", "echo \"denied for $DEPLOY_TOKEN\" >&2; exit 1\n");

    sandbox.tasks("[] Tell #tell\n").runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[❌, ID] Tell #tell // denied for ***\n");
  }

  @Test
  void aRateLimitUntilAYearThatNobodyWillSeeIsWaitedOutForAMinuteAndSaidSo() throws Exception {
    sandbox.workflow(
        "limit",
        """
        printf '{"outcome":"waiting","for":"rate-limit","until":"9999-01-01T00:00:00Z","message":"limit"}' > "$ADW_RESULT"
        exit 75
        """);
    try (var running = sandbox.tasks("[] Limit #limit\n").start()) {
      running.awaitEvent("waiting");
    }

    var wait = WaitingRuns.waitOf(sandbox.runs().getFirst());
    assertThat(wait.until().orElseThrow()).isBefore(sandbox.clock.instant().plusSeconds(61));
    assertThat(wait.message()).isEqualTo("until 9999-01-01T00:00:00Z is no rate limit: limit");
  }
}
