package adw.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunStoreTest {
  private static final String ID = "adw_1a2b3c4d";

  private static final String RECORD = "runs/" + ID + "/run.json";

  @TempDir Path folder;
  private RunStore runs = new RunStore(new StateFolder(Path.of("")));

  @BeforeEach
  void writeOneRecord() throws IOException {
    runs = new RunStore(new StateFolder(folder).create());
    var place =
        new RunPlace(
            "task-" + ID,
            folder.resolve("trees").resolve(ID),
            "main",
            "0123456789012345678901234567890123456789",
            Optional.empty(),
            9100);
    runs.write(
        Run.claimed(
                ID,
                new Run.Lineage(ID, 1),
                TaskSnapshot.own("a text", "adw_build"),
                "0000a1b2",
                Instant.EPOCH)
            .in(place));
  }

  @Test
  void aRecordIsReadAsItWasWritten() throws IOException {
    assertThat(runs.read(ID).owner()).isEqualTo("0000a1b2");
    assertThat(runs.findDamage(ID)).isEmpty();
  }

  @Test
  void aRecordWithoutBoundIsDamagedAndNotReadIntoMemory() throws Exception {
    try (var record = new RandomAccessFile(folder.resolve(RECORD).toFile(), "rw")) {
      record.setLength(3L << 30);
    }

    assertThat(runs.findDamage(ID)).get().asString().contains("has 3072 MiB, and at most 64");
  }

  @Test
  @Timeout(10)
  void nobodyWaitsForAFifoInThePlaceOfARecord() throws Exception {
    Files.delete(folder.resolve(RECORD));
    new ProcessBuilder("mkfifo", folder.resolve(RECORD).toString()).start().waitFor();

    assertThat(runs.findDamage(ID)).get().asString().contains("is a device, a FIFO or a socket");
  }

  @ParameterizedTest
  @CsvSource({
    "id, adw_00000000",
    "id, ../../elsewhere",
    "owner, /etc/passwd",
    "owner, ../../victim",
    "owner, ''",
    "lineage, ../x",
    "branch, ../../../victim",
    "branch, a/../../b",
    "branch, /etc",
    "branch, -d",
    "branch, x.lock",
    "worktree, relative",
    "worktree, /tmp/../etc",
    "start, HEAD",
    "start, refs/heads/main"
  })
  void aValueThatBecomesPartOfAPathIsANameOfItsKindOrTheRecordIsDamaged(String field, String value)
      throws IOException {
    var file = folder.resolve("runs").resolve(ID).resolve("run.json");
    var text = Files.readString(file);
    var forged =
        text.replaceFirst(
            "\"" + field + "\"\\s*:\\s*\"[^\"]*\"", "\"" + field + "\":\"" + value + "\"");
    assertThat(forged).isNotEqualTo(text);

    Files.writeString(file, forged);

    assertThat(runs.find(ID)).isEmpty();
    assertThat(runs.findDamage(ID).orElseThrow()).contains(file + " is damaged");
  }
}
