package adw.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.os.FileTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worktree of ours in the hands of git itself.
class NativeToolsTest {
  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  @Test
  void gitLocksMovesRemovesAndPrunesIt() throws Exception {
    try (var repository = sandbox.open()) {
      var ours = sandbox.fresh(repository, "x");
      sandbox.git("worktree", "lock", "--reason", "mine", ours.folder().toString());
      assertThat(sandbox.git("worktree", "list", "--porcelain")).contains("locked mine");
      sandbox.git("worktree", "unlock", ours.folder().toString());

      sandbox.git("worktree", "move", ours.folder().toString(), sandbox.tree("moved").toString());
      var moved = repository.worktree(sandbox.tree("moved"), "task-x");
      assertThat(moved.status()).isEmpty();
      GitSandbox.write(moved.folder(), "n", "n");
      assertThat(moved.commitAll(CommitRequest.of("n", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
      assertThat(sandbox.git(moved.folder(), "status", "--porcelain", "-b")).isEqualTo("## task-x");

      sandbox.git("worktree", "remove", moved.folder().toString());
      assertThat(sandbox.git("worktree", "list").lines()).hasSize(1);
      FileTrees.delete(sandbox.fresh(repository, "y").folder());
      sandbox.git("worktree", "prune");
      assertThat(sandbox.git("worktree", "list").lines()).hasSize(1);
      sandbox.git("branch", "-q", "-D", "task-x", "task-y");
    }
  }

  /// The line of a creation has no message, and then no tab before it.
  @Test
  void theReflogOfItsHeadBeginsAsGits() throws Exception {
    sandbox.git("worktree", "add", "-q", "-b", "theirs", "trees/theirs", "main");
    try (var repository = sandbox.open()) {
      sandbox.fresh(repository, "x");
    }
    assertThat(firstLine("x")).isEqualTo(firstLine("theirs"));
  }

  private String firstLine(String name) throws Exception {
    var log = sandbox.top.resolve(".git/worktrees").resolve(name).resolve("logs/HEAD");
    return Files.readAllLines(log).getFirst().replaceAll(" [0-9]+ ", " time ");
  }

  @Test
  void gitRepairsItAfterItsFolderWasMoved() throws Exception {
    try (var repository = sandbox.open()) {
      var ours = sandbox.fresh(repository, "x");
      Files.move(ours.folder(), sandbox.tree("y"));
      sandbox.git(sandbox.tree("y"), "worktree", "repair");

      assertThat(repository.worktree(sandbox.tree("y"), "task-x").status()).isEmpty();
      assertThat(repository.worktree(sandbox.tree("y"), "task-x").remove(Optional.empty()))
          .isEqualTo(new RemoveResult.Removed());
    }
  }

  @Test
  void statusRightAfterwardsOpensNoFileAndNeverMoreThanInOneThatGitMade() throws Exception {
    assumeTrue(hasStrace(), "SKIPPED: strace is not on the PATH, so no opened file is counted");
    for (var i = 0; i < 200; i++) {
      sandbox.write("d" + i % 7 + "/f" + i, "content " + i + "\n");
    }
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "many");
    try (var repository = sandbox.open()) {
      var ours = sandbox.fresh(repository, "x");
      sandbox.git("worktree", "add", "-q", "-b", "theirs", "trees/theirs", "main");

      assertThat(opened(ours.folder()))
          .isZero()
          .isLessThanOrEqualTo(opened(sandbox.tree("theirs")));

      GitSandbox.write(ours.folder(), "d1/f1", "changed\n");
      ours.commitAll(CommitRequest.of("m", Set.of()));
      assertThat(opened(ours.folder())).isLessThanOrEqualTo(1);
      ours.moveTo(sandbox.git("rev-parse", "main"));
      assertThat(opened(ours.folder())).isLessThanOrEqualTo(1);
    }
  }

  private static boolean hasStrace() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "strace")));
  }

  /// How many tracked files `git status` opens.
  private long opened(Path folder) throws Exception {
    var log = temp.resolve("trace");
    sandbox.run(
        folder,
        "strace",
        "-f",
        "-e",
        "trace=open,openat",
        "-o",
        log.toString(),
        "git",
        "status",
        "--porcelain");
    try (var lines = Files.lines(log, ISO_8859_1)) {
      return lines
          .filter(line -> line.matches(".*\"(\\S+/)?(d\\d/f\\d+|[ab]\\.txt)\".*"))
          .filter(line -> !line.contains("O_DIRECTORY"))
          .count();
    }
  }
}
