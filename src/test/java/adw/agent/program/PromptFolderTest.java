package adw.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFolderTest {
  @TempDir Path temporary;

  @Test
  void theLastUserTakesAllAwayAlsoOneTextUnderTwoNames() throws Exception {
    var gone = Files.createDirectory(temporary.resolve("gone"));
    var here = Files.createDirectory(temporary.resolve("here"));
    try (var _ = PromptFolder.use()) {
      try (var _ = PromptFolder.use()) {
        for (var name : new String[] {"prompt-reviewer.md", "prompt-judge.md"}) {
          keep(here, name);
        }
      }
      assertThat(PromptFolder.place(here, "prompt-judge.md", "Be strict."))
          .hasContent("Be strict.");
      var file = keep(gone, "prompt-judge.md");
      Files.delete(file); // somebody cleaned up
    }

    assertThat(here).isEmptyDirectory();
    assertThat(gone).isEmptyDirectory();
  }

  @Test
  void aFileThatWasTakenAwayIsWrittenAgain() throws Exception {
    try (var _ = PromptFolder.use()) {
      keep(temporary, "prompt-judge.md");
    }
    try (var _ = PromptFolder.use()) {
      assertThat(keep(temporary, "prompt-judge.md")).hasContent("Be strict.");
    }
  }

  private static Path keep(Path folder, String name) throws Exception {
    var file = PromptFolder.place(folder, name, "Be strict.");
    PromptFolder.write(file, "Be strict.");
    return file;
  }
}
