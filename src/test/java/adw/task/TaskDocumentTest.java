package adw.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskDocumentTest {
  @Test
  void aClaimChangesTheMarkAndTakesTheOldReasonAway() {
    var file =
        TaskDocument.parse(
            "- [❌, adw_1a2b3c4d] fix it #opus {budget=2} // it broke  \r\n".getBytes(UTF_8));

    var claimed =
        DocumentEdits.apply(
            file,
            List.of(
                new Edit.Rewrite(
                    file.tasks().getFirst(), new Mark.Running("adw_00000000"), Optional.empty())));

    assertThat(new String(claimed.bytes(), UTF_8))
        .isEqualTo("- [🟡, adw_00000000] fix it #opus {budget=2}  \r\n");
  }

  @Test
  void malformedUtf8IsRefusedWithItsOffset() {
    assertThatThrownBy(() -> TaskDocument.parse(new byte[] {'a', 'b', (byte) 0xC3, '\n'}))
        .isInstanceOf(TaskFileException.class)
        .hasMessage("byte 2 is not UTF-8 (save the file as UTF-8)");
  }

  @Test
  void aReportThatTheJournalLearnsOfMeanwhileIsOne() {
    var ours = new ArrayList<String>();
    TailJudge journal = (_, _, tail) -> ours.contains(tail);
    var text = "[] one // two {#name}\n  [] three // four\n[] five\n";
    var before = TaskDocument.parse(text.getBytes(UTF_8), TaskText.WORDS, journal);
    ours.add("four");
    ours.add("two {#name}");

    var after = before.reparse((text + "[] six\n").getBytes(UTF_8));

    assertThat(before.tasks().getFirst().tail()).isEmpty();
    assertThat(after.tasks().getFirst().tail()).contains("two {#name}");
    assertThat(after.tasks()).hasSize(3);
  }
}
