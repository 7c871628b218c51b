package adw.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The last words of a workflow.
class OutputTailTest {
  @TempDir private Path folder;

  @Test
  void theLastWordsAreTheEndsOfTheLogs() throws Exception {
    log("stdout.log", "one\n\u001b[1;32mtwo\u001b[0m\n\n");
    log(
        "stderr.log",
        """
        warning
        \u001b]8;;http://x\u0007fatal\u001b]8;;\u0007: \u001b[31mno\u001b[m disk\u202e
        \s
        """);

    assertThat(OutputTail.of(folder)).isEqualTo(new OutputTail("one\ntwo", "fatal: no disk"));
  }

  @Test
  void ofAProgressBarTheLastStateCounts() throws Exception {
    log("stderr.log", "10%\r50%\r100%\r\n");

    assertThat(OutputTail.of(folder)).isEqualTo(new OutputTail("", "100%"));
  }

  @Test
  void ofMuchOutputWholeLinesAndWholeCharactersAreKept() throws Exception {
    log("stdout.log", "a line of forty characters and an ✅ at it\n".repeat(100_000));
    log("stderr.log", "✅".repeat(100_000));

    var words = OutputTail.of(folder);

    assertThat(words.out()).hasSizeBetween(4000, 4096).startsWith("a line").endsWith("at it");
    assertThat(words.lastError()).matches("✅+");
  }

  @Test
  void theEndOfALogOfManyGigabytesIsFoundAtOnce() throws Exception {
    try (var log = new RandomAccessFile(folder.resolve("stdout.log").toFile(), "rw")) {
      log.setLength(8L << 30);
      log.seek(8L << 30);
      log.write("\nthe end".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(OutputTail.of(folder).out()).isEqualTo("the end");
  }

  private void log(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
