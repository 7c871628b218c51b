package adw.planning;

import static org.assertj.core.api.Assertions.assertThat;

import adw.run.Run;
import adw.run.RunStore;
import adw.run.Stage;
import adw.run.StateFolder;
import adw.run.TaskSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Run RUN =
      Run.claimed(
          "adw_1a2b3c4d",
          new Run.Lineage("adw_1a2b3c4d", 1),
          TaskSnapshot.own("a", "sh"),
          "0000a1b2",
          NOW);

  @TempDir Path folder;

  private static Run limited(Run run, Optional<Instant> until) {
    var wait = new Stage.Wait(Stage.Wait.Why.RATE_LIMIT, until, "busy");
    return RateLimits.await(run, 1, wait, NOW);
  }

  private static Stage.Wait wait(Run run) {
    return ((Stage.Waiting) run.stage()).reason();
  }

  @Test
  void aLimitOfWhichNobodySaysWhenItEndsIsWaitedOutLongerEachTime() {
    var minutes = new ArrayList<Long>();
    var run = RUN;
    for (var i = 0; i < 14; i++) {
      run = limited(run, Optional.empty());
      minutes.add(Duration.between(NOW, wait(run).until().orElseThrow()).toMinutes());
    }

    assertThat(minutes).startsWith(1L, 2L, 4L, 8L, 16L, 30L).endsWith(30L, 30L, 30L);
    assertThat(wait(run).message()).isEqualTo("busy");
  }

  @Test
  void aLimitEndsWhenItSays() {
    var until = NOW.plus(Duration.ofHours(5));

    assertThat(wait(limited(RUN, Optional.of(until))))
        .isEqualTo(new Stage.Wait(Stage.Wait.Why.RATE_LIMIT, Optional.of(until), "busy"));
  }

  @Test
  void oneThatShouldHaveEndedOrNeverDoesIsWaitedOutToo() {
    var past = NOW.minusSeconds(1);
    var far = NOW.plus(Duration.ofDays(33));
    var until = Optional.of(NOW.plus(Duration.ofMinutes(1)));

    assertThat(wait(limited(RUN, Optional.of(past))))
        .isEqualTo(new Stage.Wait(Stage.Wait.Why.RATE_LIMIT, until, "busy"));
    assertThat(wait(limited(RUN, Optional.of(far))))
        .isEqualTo(
            new Stage.Wait(
                Stage.Wait.Why.RATE_LIMIT, until, "until " + far + " is no rate limit: busy"));
  }

  @Test
  void whatWaitsForSomethingElseIsLeftAsItIs() {
    var wait = new Stage.Wait(Stage.Wait.Why.QUESTION, Optional.empty(), "which?");

    assertThat(RateLimits.await(RUN, 2, wait, NOW)).isEqualTo(RUN.at(new Stage.Waiting(2, wait)));
  }

  @Test
  void theLastLimitOfAPlayerCounts() throws Exception {
    var runs = new RunStore(new StateFolder(folder).create());
    for (var hours : List.of(1, 3, 2)) {
      var id = "adw_0000000" + hours;
      var run =
          Run.claimed(id, new Run.Lineage(id, 1), TaskSnapshot.own("a", "sh"), "0000a1b2", NOW);
      runs.open(id);
      runs.write(limited(run, Optional.of(NOW.plus(Duration.ofHours(hours)))));
    }

    assertThat(RateLimits.look(runs, NOW).find("sh")).contains(NOW.plus(Duration.ofHours(3)));
    assertThat(RateLimits.look(runs, NOW).find("other")).isEmpty();
    assertThat(RateLimits.look(runs, NOW.plus(Duration.ofHours(3))).find("sh")).isEmpty();
  }
}
