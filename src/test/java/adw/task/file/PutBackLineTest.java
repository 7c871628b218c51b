package adw.task.file;

import static org.assertj.core.api.Assertions.assertThat;

import adw.task.Edit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A line that we added, and a save that has neither it nor anything that stood above it.
class PutBackLineTest {
  @TempDir Path folder;

  private TaskFileScene add(String text) throws Exception {
    var scene = TaskFileScene.of(folder, text);
    scene.edit(List.of(new Edit.Append(Optional.empty(), "ours", "more")));
    return scene;
  }

  @Test
  void itIsALineOfItsOwnBehindALastLineWithoutANewline() throws Exception {
    var scene = add("# Title");

    scene.save("# Title\nprose");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("# Title\nprose\n\n[] ours\n  more");
  }

  @Test
  void itDoesNotGoToTheWorktreeBelow() throws Exception {
    var scene = add("[] one\n\n## Git Worktree w\n[] two\n");

    scene.save("## Git Worktree w\n[] two\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] ours\n  more\n\n## Git Worktree w\n[] two\n");
  }

  @Test
  void itIsNotParked() throws Exception {
    var scene = add("[] one\n\n## Later\n[] two\n");

    scene.save("## Later\n[] two\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] ours\n  more\n\n## Later\n[] two\n");
  }

  @Test
  void itsWorktreeComesBackWithIt() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n\n## Git Worktree w\n[] two\n");
    scene.edit(List.of(new Edit.Append(Optional.of("w"), "ours", "")));

    scene.save("[] one\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] one\n\n## Git Worktree w\n\n[] ours\n");
  }

  @Test
  void itEndsAsTheOtherLinesDo() throws Exception {
    var scene = add("[] one\r\n");

    scene.save("[] two\r\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] ours\r\n  more\r\n[] two\r\n");
  }
}
