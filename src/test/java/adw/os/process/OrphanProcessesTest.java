package adw.os.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanProcessesTest {
  private static final int LOOKS = 500;

  @TempDir Path folder;

  /// While a process changes its program it has no environment for a moment.
  @Test
  void aProcessIsSeenAlsoWhileItBecomesAnotherProgram() throws Exception {
    var script = Files.writeString(folder.resolve("again"), "#!/bin/sh\nexec \"$0\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    var process =
        ProcessStart.builder(
                List.of(script.toString()),
                folder,
                Map.of("PATH", "/usr/bin:/bin", OrphanProcesses.MARK, "adw_00000001"))
            .start();
    try {
      var leftovers = OrphanProcesses.of("adw_00000001", folder);
      for (var i = 0; i < LOOKS; i++) {
        assertThat(leftovers.inside()).as("look %d", i).hasSize(1);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
