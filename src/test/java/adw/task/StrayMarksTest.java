package adw.task;

import static adw.task.TaskText.parse;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrayMarksTest {
  private static final String ID = "adw_1a2b3c4d";

  @Test
  void aMarkInCodeIsFoundWithItsLineAndWhatHidesIt() {
    var marks = new StrayMarks(parse("[] a\n\n```\n- [🟡, adw_1a2b3c4d] b\n```\n"));

    assertThat(marks.ofNoTask())
        .containsExactly(new StrayMark(ID, 4, "the code fence from line 3 on"));
    assertThat(marks.find(ID)).contains(marks.ofNoTask().getFirst());
    assertThat(marks.find("adw_00000000")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <!-- [✅ 1a2b3c4, adw_1a2b3c4d] b -->  | the comment from line 1 on
          \\[🟡, adw\\_1a2b3c4d\\] b               | the \\ before its brackets in line 1
          > [❌, adw_1a2b3c4d] b // exit code 1   | a quote in line 1
          some text [🟡, adw_1a2b3c4d] b          | the text around it in line 1
          """)
  void whereverNoTaskCanBeAMarkIsFound(String line, String where) {
    assertThat(new StrayMarks(parse(line + "\n")).ofNoTask())
        .containsExactly(new StrayMark(ID, 1, where));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - [🟡, adw_1a2b3c4d] a task's own
          - [⏰ adw_1a2b3c4d] waits for it
          see [what adw_1a2b3c4d did]
          [] tell why adw_1a2b3c4d failed
          """)
  void whatIsATaskOrSpeaksOfARunIsNoStrayMark(String line) {
    assertThat(new StrayMarks(parse(line + "\n")).ofNoTask()).isEmpty();
  }
}
