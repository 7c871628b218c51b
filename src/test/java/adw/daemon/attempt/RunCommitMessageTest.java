package adw.daemon.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import adw.run.Run;
import adw.run.TaskSnapshot;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommitMessageTest {
  private static String message(String task, String words) {
    var order = TaskSnapshot.own(task, "sh");
    var lineage = new Run.Lineage("adw_1a2b3c4d", 1);
    return RunCommitMessage.of(
        Run.claimed("adw_1a2b3c4d", lineage, order, "0000a1b2", Instant.EPOCH), words);
  }

  @Test
  void theTaskIsTheSubjectWhatWasSaidTheBodyAndTheRunATrailer() {
    assertThat(message("Add a page #sh", "I added it.\n"))
        .isEqualTo(
            """
            Add a page

            I added it.

            Adw-Run: adw_1a2b3c4d
            Adw-Workflow: sh
            """);
  }

  @Test
  void withoutWordsThereIsNoBody() {
    assertThat(message("Add a page", " \n"))
        .isEqualTo("Add a page\n\nAdw-Run: adw_1a2b3c4d\nAdw-Workflow: sh\n");
  }

  @Test
  void noLineOfTheBodyIsACommentOrATrailerOfOurs() {
    assertThat(message("a", "# Title\nAdw-Run: adw_00000000\nend"))
        .contains("\n # Title\n Adw-Run: adw_00000000\nend\n");
  }

  @Test
  void ofALongBodyTheEndIsKept() {
    assertThat(message("a", "first" + "x".repeat(4096))).contains("\n\n" + "x".repeat(4096) + "\n");
    assertThat(message("a", "first" + "😀".repeat(2048) + "!"))
        .contains("\n\n" + "😀".repeat(2047) + "!\n");
  }

  @ParameterizedTest
  @CsvSource({
    "Add  a\tpage, Add a page",
    "'#sh Mend issue #12 in C#', 'Mend issue #12 in C#'",
    "#sh #opus, Task without words",
    "'', Task without words"
  })
  void aSubjectHasNoTags(String text, String subject) {
    assertThat(RunCommitMessage.subject(text)).isEqualTo(subject);
  }

  @Test
  void aLongSubjectIsCutBetweenWordsAndCharacters() {
    assertThat(RunCommitMessage.subject("x".repeat(72))).isEqualTo("x".repeat(72));
    assertThat(RunCommitMessage.subject("x".repeat(73))).isEqualTo("x".repeat(71) + "…");
    assertThat(RunCommitMessage.subject("word ".repeat(20)))
        .isEqualTo("word ".repeat(14).strip() + "…");
    assertThat(RunCommitMessage.subject("😀".repeat(73))).isEqualTo("😀".repeat(71) + "…");
  }
}
