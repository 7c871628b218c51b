package adw.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OpenWriterTest {
  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoHasAFileOpenForWritingIsSeenUntilItIsClosed() throws Exception {
    var file = Files.writeString(folder.resolve("a"), "text");
    assertThat(OpenWriter.of(file)).isEqualTo(OpenWriter.NONE);

    try (var _ = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      assertThat(OpenWriter.of(file)).isEqualTo(OpenWriter.SOME);
    }

    assertThat(OpenWriter.of(file)).isEqualTo(OpenWriter.NONE);
  }

  @Test
  void whoReadsIsNoWriter() throws Exception {
    var file = Files.writeString(folder.resolve("a"), "text");

    try (var _ = Files.newInputStream(file)) {
      assertThat(OpenWriter.of(file)).isNotEqualTo(OpenWriter.SOME);
    }
  }

  @Test
  void ofAFileThatIsNotThereNothingIsKnown() throws Exception {
    assertThat(OpenWriter.of(folder.resolve("none"))).isEqualTo(OpenWriter.UNKNOWN);
  }
}
