package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import adw.task.Edit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What cannot be read for a moment was not deleted: a run goes on as long as its mark stands
/// anywhere in the file, and for ten seconds after that.
class AwayLineTest {
  private static final String ONE = "[🟡, adw_aaaaaaaa] one";

  @TempDir Path folder;
  private TaskFileScene scene;

  @BeforeEach
  void oneTaskRuns() throws Exception {
    scene = TaskFileScene.of(folder, "# T\n\n[] one\n[] two\n");
    scene.claim("one", "adw_aaaaaaaa");
  }

  private void longAfter() {
    scene.now = scene.now.plusSeconds(3600);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# T\n\n```\n[🟡, adw_aaaaaaaa] one\n[] two\n",
        "# T\n\n<!-- adw: pau\n[🟡, adw_aaaaaaaa] one\n[] two\n",
        "# T\n\n<div>\n[🟡, adw_aaaaaaaa] one\n</div>\n\n[] two\n",
        "# T\n\n> [🟡, adw_aaaaaaaa] one\n\n[] two\n",
        "# T\n\n- \\[🟡, adw_aaaaaaaa\\] one\n- \\[ \\] two\n",
        "# T\n\n\\[🟡, adw\\_aaaaaaaa\\] one\n",
        "# T\n\n    [🟡, adw_aaaaaaaa] one\n\n[] two\n",
        "# T\n\n[] two [🟡,\nadw_aaaaaaaa] one\n",
        "# T\n\n[] two\n  some more [🟡, adw_aaaaaaaa] one\n",
        "---\na: |\n  [🟡, adw_aaaaaaaa] one\n---\n\n[] two\n",
        "# T\n\n| [🟡, adw_aaaaaaaa] one |\n| --- |\n| x |\n",
      })
  void aLineWhoseMarkStandsAnywhereInTheFileIsHiddenAndThatIsSaid(String text) throws Exception {
    scene.save(text);
    var reading = scene.read();
    longAfter();

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(text);
    assertThat(reading.notices())
        .singleElement()
        .asString()
        .startsWith("adw_aaaaaaaa goes on, though ")
        .contains(" line ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# T\n\n[] two\n",
        "# T\n\n[⏰ adw_aaaaaaaa] two\n",
        "# T\n\n[] two, as adw_aaaaaaaa did\n",
        "# T\n\n[] two [see adw_aaaaaaaa]\n",
        "# T\n\n[] two\n  > like adw_aaaaaaaa\n",
      })
  void aLineThatIsGoneIsCancelledOnceItWasGoneForTenSeconds(String text) throws Exception {
    scene.save(text);

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.read().lookAgain()).contains(scene.now.plusSeconds(10));
    scene.now = scene.now.plusMillis(9_999);
    assertThat(scene.commands()).isEmpty();
    scene.now = scene.now.plusMillis(1);
    assertThat(scene.commands()).containsExactly("cancel adw_aaaaaaaa");
    assertThat(scene.commands()).isEmpty();
  }

  @Test
  void anotherProcessKnowsSinceWhenALineIsGone() throws Exception {
    scene.save("# T\n\n[] two\n");
    scene.read();
    scene.now = scene.now.plusSeconds(10);

    var commands =
        scene
            .open(WriteStep.NONE)
            .locked(session -> ((FileReading.Current) session.read()).commands().size());

    assertThat(commands).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"# T\n\n[] two\n[🟡, adw_aaaaaaaa] one\n", "# T\n\n[] two\n[] one\n"})
  void aLineThatComesBackInTimeWasNeverGone(String back) throws Exception {
    scene.save("# T\n\n[] two\n");
    assertThat(scene.commands()).isEmpty();
    scene.now = scene.now.plusSeconds(9);

    scene.save(back);
    assertThat(scene.commands()).isEmpty();
    longAfter();

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("# T\n\n[] two\n" + ONE + "\n");
  }

  @Test
  void aLineThatIsTakenAwayFromWhereItWasHiddenIsCancelledTenSecondsLater() throws Exception {
    scene.save("# T\n\n<!--\n" + ONE + "\n-->\n[] two\n");
    assertThat(scene.commands()).isEmpty();
    longAfter();
    scene.save("# T\n\n[] two\n");
    assertThat(scene.commands()).isEmpty();

    scene.now = scene.now.plusSeconds(10);

    assertThat(scene.commands()).containsExactly("cancel adw_aaaaaaaa");
  }

  @Test
  void aLineThatIsHiddenNoLongerIsWhatItWas() throws Exception {
    scene.save("# T\n\n```\n" + ONE + "\n[] two\n");
    assertThat(scene.commands()).isEmpty();
    longAfter();

    scene.save("# T\n\n```\n```\n" + ONE + "\n[] two\n");

    assertThat(scene.commands()).isEmpty();
    scene.done("adw_aaaaaaaa", "1a2b3c4");
    assertThat(scene.text()).isEqualTo("# T\n\n```\n```\n[✅ 1a2b3c4, adw_aaaaaaaa] one\n[] two\n");
  }

  @Test
  void aTaskThatWeAddedAndSomebodyHidesIsThereOnce() throws Exception {
    scene.edit(java.util.List.of(new Edit.Append(java.util.Optional.empty(), "ours", "")));
    var hidden = scene.text().replace("[] two", "```\n[] two");

    scene.save(hidden);

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(hidden);
  }

  @Test
  void nothingIsConcludedWhileAWriterHasTheFileOpen() throws Exception {
    var text = "# T, edited\n\n[] two\n" + ONE + "\n";
    var half = text.indexOf("[] two");
    try (var out = Files.newOutputStream(scene.file)) {
      out.write(text.substring(0, half).getBytes(UTF_8));
      Thread.sleep(Duration.ofMillis(150)); // longer than a quiet moment is
      assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
      longAfter();
      assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
      out.write(text.substring(half).getBytes(UTF_8));
    }

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(text);
  }
}
