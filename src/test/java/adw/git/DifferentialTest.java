package adw.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random repositories, each operation done by us and by git, with the same result.
class DifferentialTest {
  private static final int ROUNDS = Integer.getInteger("adw.rounds", 2);
  private static final long SEED = Long.getLong("adw.seed", System.nanoTime());

  @TempDir Path temp;

  @Test
  void aWorktreeOfOursIsTheSameAsOneOfGit() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      try {
        compare(temp.resolve("r" + round), new Random(SEED + round));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("-Dadw.seed=" + (SEED + round) + " -Dadw.rounds=1", e);
      }
    }
  }

  private static void compare(Path folder, Random random) throws Exception {
    var sandbox = GitSandbox.empty(folder);
    new RandomFiles(random).commitTo(sandbox);
    if (random.nextInt(4) == 0) {
      sandbox.git("config", "core.autocrlf", random.nextBoolean() ? "true" : "input");
    }
    sandbox.git("worktree", "add", "-q", "-b", "theirs", "trees/theirs", "main");
    try (var repository = sandbox.open()) {
      assertThat(repository.fitness().reasons()).isEmpty();
      vary(sandbox, random);
      var ours = made(sandbox, repository, random);
      assertSame(ours.folder(), sandbox.tree("theirs"));
      assertThat(sandbox.git(ours.folder(), "ls-files", "-s"))
          .isEqualTo(sandbox.git(sandbox.tree("theirs"), "ls-files", "-s"));
      assertThat(ours.status()).isEmpty();
      assertThat(sandbox.git(ours.folder(), "status", "--porcelain")).isEmpty();
      for (var i = 0; i < 3; i++) {
        change(sandbox, repository, ours, random);
      }
      assertThat(sandbox.git("fsck", "--strict", "--no-dangling")).isEmpty();
      compareReset(sandbox, ours);
    }
  }

  private static void change(
      GitSandbox sandbox, Repository repository, Worktree ours, Random random) throws Exception {
    var theirs = sandbox.tree("theirs");
    var seed = random.nextLong();
    new RandomFiles(new Random(seed)).changeIn(ours.folder());
    new RandomFiles(new Random(seed)).changeIn(theirs);
    if (random.nextInt(3) == 0) {
      sandbox.git(ours.folder(), "add", "-A", ".");
    }

    assertThat(paths(ours.status()))
        .isEqualTo(paths(new GitBackend(repository.parts()).status(ours.onDisk())));
    var snapshot = ours.snapshot();
    var commit = ours.commitAll(CommitRequest.of("change", Set.of()));
    sandbox.git(theirs, "add", "-A");
    sandbox.git(theirs, "commit", "-q", "--allow-empty", "-m", "change");

    assertThat(commit).isInstanceOfAny(CommitResult.Made.class, CommitResult.Nothing.class);
    var tree = sandbox.git("rev-parse", "theirs^{tree}");
    assertThat(sandbox.git("rev-parse", "task-ours^{tree}"))
        .as("%s", sandbox.git("diff", "--stat", "task-ours", "theirs"))
        .isEqualTo(tree);
    assertThat(snapshot).isEqualTo(tree);
    assertThat(sandbox.git(ours.folder(), "status", "--porcelain")).isEmpty();
    assertThat(sandbox.git(ours.folder(), "write-tree")).isEqualTo(tree);
    assertThat(ours.status()).isEmpty();
  }

  private static void compareReset(GitSandbox sandbox, Worktree ours) throws Exception {
    var theirs = sandbox.tree("theirs");
    var start = sandbox.git("rev-parse", "main");
    GitSandbox.write(ours.folder(), "untracked/deep/file", "x");

    ours.moveTo(start);
    sandbox.git(theirs, "reset", "-q", "--hard", start);
    sandbox.git(theirs, "clean", "-q", "-d", "-f");

    assertSame(ours.folder(), theirs);
    assertThat(sandbox.git(ours.folder(), "status", "--porcelain")).isEmpty();
    assertThat(sandbox.git("rev-parse", "task-ours")).isEqualTo(start);
  }

  private static List<String> paths(List<Change> changes) {
    return changes.stream().map(change -> change.path() + " " + change.kind()).sorted().toList();
  }

  private static void assertSame(Path ours, Path theirs) throws Exception {
    var mine = snapshot(ours);
    var other = snapshot(theirs);
    mine.entrySet().removeIf(entry -> other.remove(entry.getKey(), entry.getValue()));
    assertThat(mine + " " + other).isEqualTo("{} {}");
  }

  /// From loose objects or a pack.
  private static void vary(GitSandbox sandbox, Random random) throws Exception {
    if (random.nextBoolean()) {
      sandbox.git("repack", "-q", "-a", "-d", "-f");
    }
  }

  /// Now, or ahead for another commit.
  private static Worktree made(GitSandbox sandbox, Repository repository, Random random)
      throws Exception {
    if (random.nextBoolean()) {
      var older = "git ls-tree main | sed '1~" + (2 + random.nextInt(9)) + "d'";
      var ready = sandbox.ready(repository, "ours", commit(sandbox, older));
      assertThat(ready.isUntouched()).isTrue();
      var given = ready.tryGive("task-ours", sandbox.git("rev-parse", "main"));
      if (given.isPresent()) {
        ready.close();
        return given.get().worktree();
      }
      ready.remove();
    }
    return sandbox.fresh(repository, "ours");
  }

  private static String commit(GitSandbox sandbox, String lines) throws Exception {
    var tree = sandbox.run(sandbox.top, "sh", "-c", lines + " | git mktree");
    return sandbox.git("commit-tree", "-p", "main", "-m", "made up", tree);
  }

  /// Path, kind, mode and content of everything but `.git`.
  static Map<String, String> snapshot(Path folder) throws Exception {
    var all = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (var file : new ArrayList<>(files.toList())) {
        var path = folder.relativize(file).toString();
        if (path.equals(".git")) {
          continue;
        }
        if (Files.isSymbolicLink(file)) {
          all.put(path, "link " + Files.readSymbolicLink(file));
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          all.put(
              path,
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                  + new String(Files.readAllBytes(file), ISO_8859_1).replace("\r", "\\r"));
        }
      }
    }
    return all;
  }
}
