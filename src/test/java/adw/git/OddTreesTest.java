package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.git.config.GitException;
import adw.os.FileTrees;
import adw.os.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trees that git's own commands would not easily make, and that a repository may hold all the
/// same.
class OddTreesTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  private void importTree(String... files) throws Exception {
    var stream =
        new StringBuilder(
            "commit refs/heads/main\ncommitter a <a@b> 1 +0000\ndata 1\nx\nfrom refs/heads/main^0\n");
    for (var file : files) {
      stream.append(file).append("\ndata 2\nx\n");
    }
    var input = stream.append('\n').toString().getBytes(UTF_8);
    var done =
        new Command(
                List.of("git", "fast-import", "--quiet", "--force"),
                sandbox.top,
                sandbox.environment,
                LIMIT,
                input)
            .run();
    assertThat(done.succeeded()).as(done.errText()).isTrue();
    sandbox.git("reset", "-q", "--hard");
  }

  @Test
  void namesThatAreNoTextOrDifferByCaseAreFilesLikeOthers() throws Exception {
    importTree(
        "M 100644 inline \"caf\\351/\\377\\376\"",
        "M 100644 inline \"new\\nline \\\"quoted\\\"\"",
        "M 100644 inline README",
        "M 100644 inline Readme",
        "M 100644 inline dir/A",
        "M 100644 inline Dir/a",
        "M 120000 inline \"l\\344nk\"");
    sandbox.git("worktree", "add", "-q", "-b", "theirs", "trees/theirs", "main");
    try (var repository = sandbox.open()) {
      assertThat(repository.fitness().reasons()).isEmpty();
      var ours = sandbox.fresh(repository, "x");
      assertNoDifference(ours);
      assertThat(ours.status()).isEmpty();

      for (var tree : List.of("x", "theirs")) {
        var change = "printf y > \"$(printf 'caf\\351/\\377\\376')\"; rm README; mv Dir/a dir/a";
        sandbox.run(sandbox.tree(tree), "sh", "-c", change);
      }
      ours.commitAll(CommitRequest.of("m", Set.of()));
      sandbox.git(sandbox.tree("theirs"), "add", "-A");
      sandbox.git(sandbox.tree("theirs"), "commit", "-q", "-m", "m");
      assertThat(sandbox.git("rev-parse", "task-x^{tree}"))
          .isEqualTo(sandbox.git("rev-parse", "theirs^{tree}"));

      ours.moveTo(sandbox.git("rev-parse", "main"));
      sandbox.git(sandbox.tree("theirs"), "reset", "-q", "--hard", "main");
      assertNoDifference(ours);
    }
  }

  @Test
  void moreFoldersThanAProcessMayHaveOpen() throws Exception {
    importTree(
        IntStream.range(0, 4400)
            .mapToObj(i -> "M 100644 inline d%d/e/f%d".formatted(i / 4, i))
            .toArray(String[]::new));
    try (var repository = sandbox.open()) {
      sandbox.fresh(repository, "first");
      var before = openFiles();

      var ours = sandbox.fresh(repository, "x");

      assertThat(sandbox.git(ours.folder(), "status", "--porcelain")).isEmpty();
      assertThat(openFiles()).isLessThan(before + 100);
    }
  }

  private static long openFiles() throws Exception {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private void assertNoDifference(Worktree ours) throws Exception {
    sandbox.run(
        sandbox.top,
        "diff",
        "-r",
        "--no-dereference",
        "-x",
        ".git",
        ours.folder().toString(),
        sandbox.tree("theirs").toString());
    assertThat(sandbox.git(ours.folder(), "status", "--porcelain"))
        .isEqualTo(sandbox.git(sandbox.tree("theirs"), "status", "--porcelain"));
  }

  /// `mktree` takes any name.
  private String commitOf(String lines) throws Exception {
    var script = "printf '" + lines + "' | git mktree --missing";
    return sandbox.git("commit-tree", "-m", "odd", sandbox.run(sandbox.top, "sh", "-c", script));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git",
        ".GIT",
        ".Git",
        "git~1",
        "GIT~1",
        ".git ",
        ".git...",
        ".git::$INDEX_ALLOCATION",
        ".g\\342\\200\\214it",
        "..",
        ".",
        "a\\\\b",
        ".gitmodules",
        "git~2"
      })
  void aNameIsRefusedOrWrittenAsGitDoesIt(String name) throws Exception {
    var blob = sandbox.git("rev-parse", "HEAD:a.txt");
    var commit = commitOf("100644 blob " + blob + "\\t" + name.replace("%", "%%") + "\\n");
    assertAsGit(commit);
  }

  private void assertAsGit(String commit) throws Exception {
    var byGit =
        new Command(
                List.of("git", "worktree", "add", "-q", "--detach", "trees/theirs", commit),
                sandbox.top,
                sandbox.environment,
                LIMIT)
            .run();
    try (var repository = sandbox.open()) {
      var request = NewWorktree.fresh(sandbox.tree("x"), "task-x", commit);
      if (byGit.succeeded()) {
        assertNoDifference(((CreateResult.Made) repository.create(request)).worktree());
      } else {
        assertThatThrownBy(() -> repository.create(request)).isInstanceOf(GitException.class);
        assertThat(Files.exists(sandbox.tree("x"))).isFalse();
        assertThat(repository.findBranch("task-x")).isEmpty();
      }
    }
  }

  /// A tree where `a` is a link to a folder outside, and a folder as well.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTreeThatWritesThroughALinkWritesNothingOutside(boolean linkFirst) throws Exception {
    var outside = Files.createDirectories(temp.resolve("outside"));
    var link =
        sandbox.run(
            sandbox.top, "sh", "-c", "printf '%s' '" + outside + "' | git hash-object -w --stdin");
    var linkLine = "120000 blob " + link + "\\ta\\n";
    var folderLine = "040000 tree " + sandbox.git("rev-parse", "HEAD:sub") + "\\ta\\n";

    assertAsGit(commitOf(linkFirst ? linkLine + folderLine : folderLine + linkLine));

    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aFolderThatHasBecomeALinkIsNotFollowedByAReset() throws Exception {
    var outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(outside.resolve("b.txt"), "precious\n");
    try (var repository = sandbox.open()) {
      var ours = sandbox.fresh(repository, "x");
      FileTrees.delete(ours.folder().resolve("sub"));
      Files.createSymbolicLink(ours.folder().resolve("sub"), outside);

      ours.moveTo(sandbox.git("rev-parse", "main"));

      assertThat(outside.resolve("b.txt")).hasContent("precious\n");
      assertThat(ours.folder().resolve("sub/b.txt")).hasContent("two\n");
      assertThat(Files.isSymbolicLink(ours.folder().resolve("sub"))).isFalse();
    }
  }
}
