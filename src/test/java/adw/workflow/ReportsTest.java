package adw.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a workflow says: its result file and its last words.
class ReportsTest {
  @TempDir private Path folder;

  @Test
  void aWaitingWorkflowSaysForWhatAndUntilWhen() {
    var text =
        """
        {"outcome": "waiting", "for": "rate-limit", "until": "2026-11-21T22:00:00+01:00",
         "message": "try later", "more": [1, 2]}
        """;

    assertThat(ResultFile.parse(text))
        .isEqualTo(
            new ResultFile.Said(
                "waiting",
                Optional.of("rate-limit"),
                Optional.of(Instant.parse("2026-11-21T21:00:00Z")),
                Optional.of("try later")));
  }

  @Test
  void theTimeMayBeSecondsAndEverythingButTheOutcomeMayBeAbsent() {
    assertThat(ResultFile.parse("{\"outcome\":\"waiting\",\"until\":1800000000}"))
        .isEqualTo(
            new ResultFile.Said(
                "waiting",
                Optional.empty(),
                Optional.of(Instant.ofEpochSecond(1_800_000_000)),
                Optional.empty()));
  }

  @Test
  void noFileOrAnEmptyOneSaysNothing() throws Exception {
    assertThat(ResultFile.read(folder.resolve("result.json"))).isEqualTo(new ResultFile.None());
    assertThat(result(" \n")).isEqualTo(new ResultFile.None());
  }

  @Test
  void whatIsNoReportSaysWhy() throws Exception {
    assertThat(result("{\"outcome\":")).isInstanceOf(ResultFile.Unreadable.class);
    assertThat(result("[]")).isEqualTo(new ResultFile.Unreadable("result.json: no JSON object"));
    assertThat(result("{\"outcome\": 3}"))
        .isEqualTo(new ResultFile.Unreadable("result.json has no text 'outcome'"));
    assertThat(result("{\"outcome\":\"waiting\",\"until\":\"tomorrow\"}"))
        .isInstanceOf(ResultFile.Unreadable.class);
    assertThat(result("{\"outcome\":\"waiting\",\"until\":9e99}"))
        .isInstanceOf(ResultFile.Unreadable.class);
    assertThat(result("[".repeat(100_000))).isInstanceOf(ResultFile.Unreadable.class);
    assertThat(result("x".repeat(2 << 20)))
        .isEqualTo(new ResultFile.Unreadable("result.json is larger than 1 MiB"));
  }

  @Test
  void aDeviceOrFolderIsNotRead() throws Exception {
    Files.createSymbolicLink(folder.resolve("result.json"), Path.of("/dev/zero"));

    assertThat(ResultFile.read(folder.resolve("result.json")))
        .isEqualTo(new ResultFile.Unreadable("result.json is not a file"));
    assertThat(ResultFile.read(folder)).isInstanceOf(ResultFile.Unreadable.class);
  }

  @Test
  void theLastWordsAreTheEndsOfTheLogs() throws Exception {
    log("stdout.log", "one\n\u001b[1;32mtwo\u001b[0m\n\n");
    log(
        "stderr.log",
        "warning\n\u001b]8;;http://x\u0007fatal\u001b]8;;\u0007: \u001b[31mno\u001b[m disk\u202e\n \n");

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

  private ResultFile result(String text) throws IOException {
    log("result.json", text);
    return ResultFile.read(folder.resolve("result.json"));
  }

  private void log(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
