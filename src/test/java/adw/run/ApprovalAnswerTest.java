package adw.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where words become a yes, and nowhere else.
class ApprovalAnswerTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "approve", "approved", "ok", "y", "yes", " Yes ", "OK.", "yes!\n"})
  void aYesStandsAlone(String words) {
    assertThat(ApprovalAnswer.parse(words)).isEqualTo(ApprovalAnswer.yes(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"r", "reject", "rejected", "n", "no", "stop", "No.", " STOP! "})
  void aNoNeedsNoReason(String words) {
    assertThat(ApprovalAnswer.parse(words)).isEqualTo(ApprovalAnswer.no(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no: too early",
        "reject too early",
        "n, too early",
        "no - too early",
        "NO\ntoo early"
      })
  void whatFollowsANoIsItsReason(String words) {
    assertThat(ApprovalAnswer.parse(words)).isEqualTo(ApprovalAnswer.no("too early"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit: ship on Monday", "e:ship on Monday", "Edit: ship on Monday\n"})
  void anEditSaysWhatInstead(String words) {
    assertThat(ApprovalAnswer.parse(words)).isEqualTo(new ApprovalAnswer.Edit("ship on Monday"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "wait, do not ship this",
        "yes, but not today",
        "ok wait",
        "yes\nbut not today",
        "approve: when the tests pass",
        "y/n",
        "n/a",
        "no-one has looked yet",
        "yesterday",
        "nothing",
        "okay?",
        "edit",
        "e",
        "edit:  ",
        "edit the title first",
        "sure",
        "go",
        "+1",
        "👍"
      })
  void anythingElseIsNoAnswer(String words) {
    assertThat(ApprovalAnswer.parse(words)).isEqualTo(new ApprovalAnswer.Unclear());
  }

  @Test
  void aNoteComesOnlyFromACommandThatSaysYesByItsName() {
    assertThat(ApprovalAnswer.yes(" gladly ").note()).contains("gladly");
    assertThat(ApprovalAnswer.yes(" ").note()).isEqualTo(Optional.empty());
  }
}
