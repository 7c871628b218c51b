package adw.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import adw.run.Outcome;
import adw.run.RunEvent;
import adw.status.TaskStatus;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveTableTest {
  private static final RunEvent ENDED = RunEvent.of(Instant.EPOCH, "adw_1a2b3c4d", "reported");

  @ParameterizedTest
  @CsvSource({
    "done 3f9c2ab, DONE",
    "failed: exit code 1, FAILED",
    "cancelled: stopped by adw stop, CANCELLED",
    "cancelled by adw cancel, CANCELLED",
    "taken over, DONE"
  })
  void theSignOfARunThatEndedIsThatOfItsOutcome(String outcome, TaskStatus.State state) {
    assertThat(LiveTable.state(ENDED.with("outcome", outcome))).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "stopped by adw stop, cancelled: stopped by adw stop",
    "cancelled by adw cancel, cancelled by adw cancel",
    "'', cancelled"
  })
  void aReasonThatNamesTheOutcomeStandsAlone(String reason, String sentence) {
    assertThat(new Outcome.Cancelled(reason).sentence()).isEqualTo(sentence);
  }
}
