package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Half a save ends no run and loses no line, however long its writer pauses and whatever stands in
/// its first piece.
@EnabledOnOs(OS.LINUX)
class HalfSaveTest {
  private static final String TEXT = "# T\n\nprose\n\n[] one\n[] two\n";

  @TempDir Path folder;

  private Optional<OutputStream> open = Optional.empty();
  private byte[] rest = {};
  private Optional<WriteStep.Stage> stage = Optional.empty();
  private Action action = () -> {};

  private interface Action {
    void run() throws IOException;
  }

  private void reached(WriteStep.Stage reached) throws IOException {
    if (stage.filter(reached::equals).isPresent()) {
      stage = Optional.empty();
      action.run();
    }
  }

  private TaskFileScene scene() throws Exception {
    var scene = TaskFileScene.of(folder, TEXT, this::reached, GitView.NONE);
    scene.claim("one", "adw_aaaaaaaa");
    return scene;
  }

  private void begin(Path file, String text, int length) throws IOException {
    var bytes = text.getBytes(UTF_8);
    open = Optional.of(Files.newOutputStream(file));
    open.get().write(bytes, 0, length);
    rest = Arrays.copyOfRange(bytes, length, bytes.length);
  }

  private void finish() throws IOException {
    open.orElseThrow().write(rest);
    open.orElseThrow().close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 20, 34})
  void aWriterThatPausesIsWaitedFor(int length) throws Exception {
    var scene = scene();
    var text = scene.text().replace("prose", "prose, edited");

    begin(scene.file, text, length);
    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
    scene.now = scene.now.plusSeconds(20);
    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
    finish();

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(text);
  }

  /// The writer began just before our exchange, which takes its file away from the name.
  @Test
  void aSaveThatIsDisplacedHalfWayIsTakenInWhole() throws Exception {
    var scene = scene();
    var text = scene.text().replace("prose", "prose, edited") + "[] three\n";
    stage = Optional.of(WriteStep.Stage.READY);
    action = () -> begin(scene.file, text, 12);

    scene.claim("two", "adw_bbbbbbbb");
    scene.look();
    scene.now = scene.now.plusSeconds(5);
    finish();

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo(
            """
            # T

            prose, edited

            [🟡, adw_aaaaaaaa] one
            [🟡, adw_bbbbbbbb] two
            [] three
            """);
  }

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGED", "RECORDED", "SYNCED"})
  void whatAnotherProgramSavesInThatMomentIsTakenInToo(WriteStep.Stage moment) throws Exception {
    var scene = scene();
    var before = scene.text();
    stage = Optional.of(WriteStep.Stage.READY);
    action =
        () -> {
          begin(scene.file, before.replace("prose", "prose, edited") + "[] three\n", 12);
          stage = Optional.of(moment);
          action = () -> scene.save(before + "[] four\na note\n");
        };

    scene.claim("two", "adw_bbbbbbbb");
    scene.look();
    scene.now = scene.now.plusSeconds(5);
    finish();
    scene.look();
    scene.now = scene.now.plusSeconds(60);

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .contains("prose, edited\n", "[🟡, adw_aaaaaaaa] one\n", "[🟡, adw_bbbbbbbb] two\n")
        .containsOnlyOnce("[] three\n")
        .containsOnlyOnce("[] four\n")
        .containsOnlyOnce("a note\n");
  }
}
