package adw.task;

import static adw.task.TaskText.only;
import static adw.task.TaskText.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {
  private static final String ID = "adw_1a2b3c4d";

  /// Each spelling, and how the daemon would write the same mark.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""                            | ""
          " "                           | ""
          "   "                         | ""
          ⏰                            | ⏰
          ⏰\uFE0F                      | ⏰
          ⏰\uFE0E                      | ⏰
          ⏳                            | ⏰
          ⏰ a, b                       | ⏰ a, b
          ⏰ #a,#b                      | ⏰ a, b
          ⏰, a                         | ⏰ a
          ⏰ adw_1a2b3c4d               | ⏰ adw_1a2b3c4d
          ⏰ 22:00                      | ⏰ 22:00
          ⏰ 7:05                       | ⏰ 07:05
          ⏰ 2026-11-23 03:00           | ⏰ 2026-11-23 03:00
          ⏰ 2026-11-23T03:00           | ⏰ 2026-11-23 03:00
          ⏰ 2026-11-23                 | ⏰ 2026-11-23 00:00
          ⏰ daily 03:00                | ⏰ daily 03:00
          ⏰ mon-fri 07:30              | ⏰ mon-fri 07:30
          ⏰ Mon, Wed 07:30             | ⏰ Mon, Wed 07:30
          ⏰ cron 0 3 * * 1             | ⏰ cron 0 3 * * 1
          wait                          | ⏰
          Wait                          | ⏰
          after a, b                    | ⏰ a, b
          After #a,#b                   | ⏰ a, b
          after adw_1a2b3c4d            | ⏰ adw_1a2b3c4d
          at 22:00                      | ⏰ 22:00
          at 7:05                       | ⏰ 07:05
          At 2026-11-23 03:00           | ⏰ 2026-11-23 03:00
          at 2026-11-23                 | ⏰ 2026-11-23 00:00
          daily 03:00                   | ⏰ daily 03:00
          mon-fri 07:30                 | ⏰ mon-fri 07:30
          cron 0 3 * * 1                | ⏰ cron 0 3 * * 1
          "\u00A0"                      | ""
          "⏰\u00A0a"                   | ⏰ a
          "x\u3000"                     | ✅
          🟡, adw_1a2b3c4d              | 🟡, adw_1a2b3c4d
          🟡 adw_1a2b3c4d               | 🟡, adw_1a2b3c4d
          🟡,adw_1a2b3c4d               | 🟡, adw_1a2b3c4d
          " 🟡  adw_1a2b3c4d "          | 🟡, adw_1a2b3c4d
          🟡 abc123                     | 🟡, abc123
          ❓, adw_1a2b3c4d              | ❓, adw_1a2b3c4d
          ❓\uFE0F adw_1a2b3c4d         | ❓, adw_1a2b3c4d
          ✅ 1a2b3c4, adw_1a2b3c4d      | ✅ 1a2b3c4, adw_1a2b3c4d
          ✅ 1a2b3c4 adw_1a2b3c4d       | ✅ 1a2b3c4, adw_1a2b3c4d
          ✅ 1a2b3c4                    | ✅ 1a2b3c4
          ✅, adw_1a2b3c4d              | ✅, adw_1a2b3c4d
          ✅ adw_1a2b3c4d               | ✅, adw_1a2b3c4d
          ✅                            | ✅
          ✔                             | ✅
          ✔\uFE0F                       | ✅
          ☑                             | ✅
          ☑\uFE0F 1a2b3c4               | ✅ 1a2b3c4
          x                             | ✅
          X                             | ✅
          ❌, adw_1a2b3c4d              | ❌, adw_1a2b3c4d
          ❌ adw_1a2b3c4d               | ❌, adw_1a2b3c4d
          ❌                            | ❌
          ✖                             | ❌
          ✖\uFE0F                       | ❌
          ❎                            | ❌
          ⊘, adw_1a2b3c4d               | ⊘, adw_1a2b3c4d
          ⊘                             | ⊘
          -                             | ⊘
          retry                         | retry
          Retry                         | retry
          ↻                             | retry
          """)
  void everySpellingIsRead(String typed, String written) {
    var mark = only("[" + typed + "] a task").mark();

    assertThat(MarkParser.write(mark)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-ray", "-1", "todo", "✨", "xy", "retrying", "adw", "a, b", "✓ok"})
  void aWordInBracketsThatIsNoMarkIsProse(String word) {
    assertThat(parse("[" + word + "] text").tasks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[x](https://example.org) text",
        "[]: /url",
        "[⏰]: wait",
        "[🟡, id]: /foo",
        "[]text",
        "[ ]",
        "[] ",
        "\\[] text",
        "[text](url) [] more",
        "* [link] text",
        "- note",
        "[[]] text",
        "-[] no blank",
        "1.[] no blank",
        "1234567890. [] too many digits"
      })
  void whatOnlyLooksLikeATaskIsProse(String line) {
    assertThat(parse(line).tasks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- ", "* ", "+ ", "1. ", "12) ", "  - ", "   ", "-   ", "-\t"})
  void aBulletIsOptional(String bullet) {
    assertThat(only(bullet + "[] a task").text()).isEqualTo("a task");
  }

  @Test
  void aMarkSaysExactlyItsOwnThings() {
    assertThat(only("[✅ 1a2b3c4, " + ID + "] t").mark())
        .isEqualTo(new Mark.Done(Optional.of("1a2b3c4"), Optional.of(ID)));
    assertThat(only("[⏰ a, b] t").mark()).isEqualTo(new Mark.Blocked(List.of("a", "b")));
    assertThat(only("[⏰ 22:00] t").mark())
        .isEqualTo(new Mark.NotBefore(Optional.empty(), LocalTime.of(22, 0)));
    assertThat(only("[⏰ 2026-11-23 03:00] t").mark())
        .isEqualTo(new Mark.NotBefore(Optional.of(LocalDate.of(2026, 11, 23)), LocalTime.of(3, 0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          🟡                   | the mark has no run id
          ❓                   | the mark has no run id
          ⏰ 25:00             | 25:00 is no time of day
          ⏰ 2026-02-30 03:00  | 2026-02-30 is no date
          ⏰ daily 24:00       | 24:00 is no time of day
          ⏰ cron 0 3 * *      | a cron time has 5 fields, not 4
          ⏰ cron 61 3 * * *   | minute 61 is not in 0-59
          ⏰ cron 0 3 * * 5-x  | day of week "x" is no number
          🟠, adw_1a2b3c4d     | the mark of adw_1a2b3c4d is not known
          , adw_1a2b3c4d       | the mark of adw_1a2b3c4d is not known
          """)
  void aKnownSignWithoutSenseIsAnErrorAndNoProse(String typed, String what) {
    var document = parse("- [" + typed + "] a task");

    assertThat(document.tasks().getFirst().mark()).isInstanceOf(Mark.Malformed.class);
    assertThat(DocumentFindings.of(document)).extracting(TaskFinding::what).containsExactly(what);
  }

  @Test
  void aLineThatLostItsTextIsStillTheLineOfItsRun() {
    assertThat(only("[🟡, " + ID + "] ").mark()).isEqualTo(new Mark.Running(ID));
  }
}
