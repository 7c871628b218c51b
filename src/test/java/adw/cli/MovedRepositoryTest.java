package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The repository is moved away while `adw run` works: at the old place nothing is made, and at the
/// new one the work goes on.
@Timeout(120)
class MovedRepositoryTest {
  private static final String SETTINGS =
      """
      [trigger]
      poll = "1s"
      settle = "0s"
      [worktree]
      fetch = false
      min_free = "1MB"
      """;

  @TempDir Path temp;
  private AdwProgram program;
  private Path moved;

  @BeforeEach
  void create() throws Exception {
    var repository = Files.createDirectories(temp.resolve("repo")).toRealPath();
    program = AdwProgram.in(repository).repository().write("adw.toml", SETTINGS);
    program.write(".git/info/exclude", "/tasks.md\n/adw.toml\n/trees/\n");
    moved = repository.resolveSibling("moved");
  }

  /// A task that waits for the file `go` beside the repository.
  private Process runThenMove() throws Exception {
    var go = temp.toRealPath().resolve("go");
    program.write(
        "tasks.md",
        "[] `echo began > log; while [ ! -e %s ]; do sleep 0.1; done; echo ended > log` #sh\n"
            .formatted(go));
    var daemon = program.start("run", "--yes");
    await().until(this::hasBegun);
    Files.move(program.folder(), moved);
    return daemon;
  }

  private boolean hasBegun() throws IOException {
    var trees = program.folder().resolve("trees");
    if (!Files.isDirectory(trees)) {
      return false;
    }
    try (var found = Files.list(trees)) {
      return found.anyMatch(tree -> Files.exists(tree.resolve("log")));
    }
  }

  @Test
  void nothingIsMadeAtTheOldPlaceAndTheWorkGoesOnAtTheNewOne() throws Exception {
    var daemon = runThenMove();

    assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(daemon.exitValue()).isEqualTo(3);
    assertThat(program.folder()).doesNotExist();
    Files.writeString(temp.resolve("go"), "");
    var there = AdwProgram.in(moved);
    assertThat(there.run("run", "--until-idle", "--yes").code()).isZero();
    assertThat(there.read("tasks.md")).startsWith("[✅ ");
    assertThat(there.git("worktree", "list").lines().skip(1))
        .singleElement()
        .asString()
        .startsWith(moved.resolve("trees").toString());
    assertThat(program.folder()).doesNotExist();
  }

  @Test
  void anotherRepositoryAtTheOldPlaceIsLeftAlone() throws Exception {
    var daemon = runThenMove();
    Files.createDirectory(program.folder());
    program.repository().write("tasks.md", "[] `echo 1 > one` #sh\n");

    assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(program.folder().resolve(".git/adw")).doesNotExist();
    assertThat(program.folder().resolve("trees")).doesNotExist();
    assertThat(program.read("tasks.md")).isEqualTo("[] `echo 1 > one` #sh\n");
    Files.writeString(temp.resolve("go"), "");
    assertThat(AdwProgram.in(moved).run("stop").code()).isZero();
  }
}
