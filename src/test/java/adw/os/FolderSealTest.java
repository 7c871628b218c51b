package adw.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import adw.os.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSealTest {
  @TempDir Path temp;
  private Path top;
  private Path file;
  private FolderSeal seal;

  @BeforeEach
  void set() throws IOException {
    top = temp.resolve("top");
    file = Files.createDirectories(top.resolve("a/b")).resolve("file");
    Files.writeString(file, "x");
    Files.writeString(top.resolve("open"), "x");
    var set = FolderSeal.trySet(top, List.of("a".getBytes(UTF_8), "a/b".getBytes(UTF_8)), "open");
    assumeThat(set).isPresent();
    seal = set.orElseThrow();
  }

  @AfterEach
  void close() {
    if (seal != null) {
      seal.close();
      seal.close();
    }
  }

  @Test
  void whoLooksButOpensNoFileLeavesItWhole() throws IOException {
    try (var all = Files.walk(top)) {
      assertThat(all.mapToLong(each -> each.toFile().lastModified()).min().orElse(0)).isPositive();
    }
    Files.readString(top.resolve("open"));

    assertThat(seal.look()).isEqualTo(FolderSeal.State.WHOLE);
  }

  @Test
  void whoReadsAFileMakesItDoubtfulForGood() throws IOException {
    Files.readString(file);

    assertThat(seal.look()).isEqualTo(FolderSeal.State.DOUBTFUL);
    assertThat(seal.look()).isEqualTo(FolderSeal.State.DOUBTFUL);
    Files.writeString(file, "y");
    assertThat(seal.look()).isEqualTo(FolderSeal.State.BROKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf y > a/b/file",
        "printf y > open",
        "touch -d 2000-01-01 a/b/file",
        "chmod 700 a/b/file",
        "chmod 700 a/b",
        "touch a/new",
        "rm a/b/file",
        "mkdir folder",
        "mv a/b a/c",
        "mv a/b/file a/b/other",
        "ln -sf file a/b/link",
        "rm -r a",
        "cd .. && mv top other"
      })
  void everyChangeBreaksIt(String change) throws Exception {
    var done = new Command(List.of("sh", "-c", change), top, Map.of(), Duration.ofMinutes(1)).run();

    assertThat(done.succeeded()).as(done.errText()).isTrue();
    assertThat(seal.look()).isEqualTo(FolderSeal.State.BROKEN);
  }

  @Test
  void thereIsNoneOnAFolderThatIsNotThereOrALink() throws IOException {
    Files.createSymbolicLink(top.resolve("link"), Path.of("a"));

    assertThat(FolderSeal.trySet(top, List.of("none".getBytes(UTF_8)), "")).isEmpty();
    assertThat(FolderSeal.trySet(top, List.of("link".getBytes(UTF_8)), "")).isEmpty();
  }
}
