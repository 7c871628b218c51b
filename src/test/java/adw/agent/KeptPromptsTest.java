package adw.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPromptsTest {
  @TempDir Path temporary;

  @Test
  void theLastUserTakesAllAwayAlsoOneTextUnderTwoNames() throws Exception {
    var gone = Files.createDirectory(temporary.resolve("gone"));
    var here = Files.createDirectory(temporary.resolve("here"));
    try (var _ = KeptPrompts.use()) {
      try (var _ = KeptPrompts.use()) {
        for (var name : new String[] {"prompt-reviewer.md", "prompt-judge.md"}) {
          keep(here, name);
        }
      }
      assertThat(KeptPrompts.place(here, "prompt-judge.md", "Be strict.")).hasContent("Be strict.");
      var file = keep(gone, "prompt-judge.md");
      Files.delete(file); // somebody cleaned up
    }

    assertThat(here).isEmptyDirectory();
    assertThat(gone).isEmptyDirectory();
  }

  @Test
  void aFileThatWasTakenAwayIsWrittenAgain() throws Exception {
    try (var _ = KeptPrompts.use()) {
      keep(temporary, "prompt-judge.md");
    }
    try (var _ = KeptPrompts.use()) {
      assertThat(keep(temporary, "prompt-judge.md")).hasContent("Be strict.");
    }
  }

  private static Path keep(Path folder, String name) throws Exception {
    var file = KeptPrompts.place(folder, name, "Be strict.");
    KeptPrompts.write(file, "Be strict.");
    return file;
  }
}
