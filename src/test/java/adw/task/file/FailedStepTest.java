package adw.task.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.task.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that later decisions rest on is known before the step that it describes has succeeded:
/// wherever a write breaks off, the next one takes in all that a person saved meanwhile.
class FailedStepTest {
  @TempDir Path folder;

  private Optional<WriteStep.Stage> failing = Optional.empty();
  private Set<WriteStep.Stage> acts = EnumSet.noneOf(WriteStep.Stage.class);
  private Action action = () -> {};

  private interface Action {
    void run() throws IOException;
  }

  private void reached(WriteStep.Stage stage) throws IOException {
    if (acts.remove(stage)) {
      action.run();
    } else if (failing.filter(stage::equals).isPresent() && acts.isEmpty()) {
      failing = Optional.empty();
      throw new IOException("no space left on device");
    }
  }

  private TaskFileScene scene() throws Exception {
    return TaskFileScene.of(folder, "# T\n\n[] one\n\n## Notes\n\n", this::reached, GitView.NONE);
  }

  /// Of the second round, in which a save that our write displaced is put back.
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOOKED", "LOCKED", "WAITING"})
  void aSaveThatWeDisplacedIsTakenInAfterItsRepairFailedAtAnyStep(WriteStep.Stage stage)
      throws Exception {
    var scene = scene();
    acts = EnumSet.of(WriteStep.Stage.READY);
    action = () -> scene.save(scene.text() + "a note\n[] two\n");
    failing = Optional.of(stage);

    try {
      scene.claim("one", "adw_aaaaaaaa");
    } catch (IOException full) {
      assertThat(full).hasMessage("no space left on device");
    }
    failing = Optional.empty();
    scene.read();

    assertThat(scene.text())
        .isEqualTo("# T\n\n[🟡, adw_aaaaaaaa] one\n\n## Notes\n\na note\n[] two\n");
    assertThat(scene.commands()).isEmpty();
  }

  /// As an editor's safe write does, in the moment of the repair.
  @Test
  void aSaveThatWeDisplacedIsTakenInThoughTheFileWasAwayWhenItWasToBePutBack() throws Exception {
    var scene = scene();
    var old = folder.resolve("tasks.md.old");
    acts = EnumSet.of(WriteStep.Stage.READY);
    action =
        () -> {
          scene.save(scene.text() + "a note\n");
          acts = EnumSet.of(WriteStep.Stage.REPLAYED);
          action = () -> Files.move(scene.file, old);
        };

    assertThatThrownBy(() -> scene.claim("one", "adw_aaaaaaaa"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tasks.md");
    Files.move(old, scene.file, StandardCopyOption.ATOMIC_MOVE);
    scene.read();

    assertThat(scene.text()).isEqualTo("# T\n\n[🟡, adw_aaaaaaaa] one\n\n## Notes\n\na note\n");
  }

  /// A program that read the file before our write saves after it, again and again, and the file is
  /// away whenever we are about to put the two together.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAProgramNeverSawIsThereHoweverLongItsSavesCannotBeTakenIn(boolean isAway)
      throws Exception {
    var scene = scene();
    var read = claimedWhileANoteIsSaved(scene);

    scene.save(read + "b\n");
    if (isAway) {
      Files.move(scene.file, folder.resolve("tasks.md.old"));
      scene.look();
    } else {
      failing = Optional.of(WriteStep.Stage.READY);
      assertThatThrownBy(scene::read).hasMessage("no space left on device");
    }
    scene.now = scene.now.plusSeconds(5);
    scene.save(read + "b\nc\n");
    Files.setLastModifiedTime(scene.file, FileTime.from(scene.now));
    scene.read();

    assertThat(scene.text().lines().skip(5).toList())
        .containsExactlyInAnyOrder("", "a note", "b", "c");
  }

  /// What stood in the file until the note was brought back into it.
  private String claimedWhileANoteIsSaved(TaskFileScene scene) throws Exception {
    var before = scene.text();
    acts = EnumSet.of(WriteStep.Stage.READY);
    action = () -> scene.save(before + "a note\n");
    scene.claim("one", "adw_aaaaaaaa");
    assertThat(scene.text()).endsWith("\na note\n");
    return scene.text().replace("a note\n", "");
  }

  /// Its author saw what stood there when it was displaced.
  @Test
  void aDisplacedSaveIsTakenInByWhenItWasMade() throws Exception {
    var scene = scene();
    var read = claimedWhileANoteIsSaved(scene);
    acts = EnumSet.of(WriteStep.Stage.READY);
    action = () -> scene.save(read + "b\n");
    failing = Optional.of(WriteStep.Stage.REPLAYED);

    assertThatThrownBy(() -> scene.done("adw_aaaaaaaa", "1a2b3c4"))
        .hasMessage("no space left on device");
    scene.now = scene.now.plusSeconds(5);
    scene.read();

    assertThat(scene.text().lines().skip(5).toList()).containsExactlyInAnyOrder("", "a note", "b");
  }

  /// Who takes it away once it is there again means it; not who saves the same old text.
  @ParameterizedTest
  @EnumSource(names = {"PLANNED", "DRAFTED", "READY"})
  void aLineThatCouldNotBeBroughtBackCountsAsSeenByNobody(WriteStep.Stage stage) throws Exception {
    var scene = scene();
    scene.edit(List.of(new Edit.Append(Optional.empty(), "ours", "")));
    failing = Optional.of(stage);

    scene.save("# T\n\n[] one\n\n## Notes\n\n");
    assertThatThrownBy(scene::read).hasMessage("no space left on device");
    scene.now = scene.now.plusSeconds(5);
    scene.read();

    assertThat(scene.text()).isEqualTo("# T\n\n[] one\n[] ours\n\n## Notes\n\n");
  }

  /// Half a save is told from a whole one by whether its file is new under the name.
  @Test
  void aFileThatCouldNotBeReplacedIsTheOneThatIsKnown() throws Exception {
    var scene = scene();
    scene.claim("one", "adw_aaaaaaaa");
    failing = Optional.of(WriteStep.Stage.READY);
    assertThatThrownBy(() -> scene.done("adw_aaaaaaaa", "1a2b3c4"))
        .hasMessage("no space left on device");

    assertThat(scene.tasks.writes()).isEqualTo(1);
    scene.read();
    scene.done("adw_aaaaaaaa", "1a2b3c4");

    assertThat(scene.tasks.writes()).isEqualTo(2);
  }
}
