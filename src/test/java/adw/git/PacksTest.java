package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.git.config.GitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Worktrees whose blobs come out of packs.
class PacksTest {
  private static final long SEED = Long.getLong("adw.seed", System.nanoTime());

  @TempDir Path temp;
  private final Random random = new Random(SEED);
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  /// Files that are nearly the same: git makes deltas of deltas of them.
  private void commitAlike(String folder, int count) throws Exception {
    var lines = new String[100];
    for (var i = 0; i < count; i++) {
      for (var n = 0; n < lines.length; n++) {
        if (i == 0 || random.nextInt(30) == 0) {
          lines[n] = "line " + random.nextInt(100_000) + " of some text\n";
        }
      }
      sandbox.write(folder + "/" + i % 7 + "/" + i, String.join("", lines));
    }
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", folder);
  }

  private void repack(String... more) throws Exception {
    sandbox.run(
        sandbox.top, "sh", "-c", "git repack -q -d -f --window=50 " + String.join(" ", more));
  }

  /// Without the index's memory, each file is read.
  private void assertWhole(String name) throws Exception {
    try (var repository = sandbox.open()) {
      assertThat(repository.fitness().reasons()).isEmpty();
      var worktree = sandbox.fresh(repository, name);
      Files.delete(worktree.onDisk().admin().resolve("index"));
      sandbox.git(worktree.folder(), "reset", "-q");
      assertThat(sandbox.git(worktree.folder(), "status", "--porcelain"))
          .as("seed %d", SEED)
          .isEmpty();
    }
  }

  @Test
  void deltasOfDeltasInSeveralPacksAndBlobsInNone() throws Exception {
    commitAlike("old", 250);
    repack("-a", "--depth=60");
    assertThat(longestChain()).isGreaterThan(5);
    assertWhole("one");
    commitAlike("new", 60);
    var numbers = new byte[1 << 20];
    random.nextBytes(numbers);
    Files.write(sandbox.top.resolve("new/random"), numbers);
    sandbox.write("new/large", "x".repeat(5 << 20));
    sandbox.write("new/empty", "");
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "large");
    repack();
    commitAlike("loose", 5);
    assertWhole("two");
  }

  @Test
  void packsUnderOneIndex() throws Exception {
    commitAlike("old", 150);
    repack("-a", "--depth=60");
    commitAlike("new", 60);
    repack();
    sandbox.git("multi-pack-index", "write");
    assertWhole("one");
    sandbox.run(sandbox.top, "sh", "-c", "git repack -q -a -d -b --write-midx");
    assertWhole("two");
    commitAlike("newer", 30);
    assertWhole("three");
  }

  private int longestChain() throws Exception {
    return sandbox
        .run(sandbox.top, "sh", "-c", "git verify-pack -v .git/objects/pack/*.idx")
        .lines()
        .filter(line -> line.startsWith("chain length"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D+(\\d+):.*", "$1")))
        .max()
        .orElse(0);
  }

  @Test
  void aDamagedPackIsToldAndNothingIsLeftBehind() throws Exception {
    commitAlike("some", 100);
    repack("-a");
    for (var round = 0; round < 5; round++) {
      var pack = pack();
      var whole = Files.readAllBytes(pack);
      var damaged = whole.clone();
      for (var i = 20; i < damaged.length - 40; i += 50) {
        damaged[i] = (byte) random.nextInt(256);
      }
      // Another file of that name: none that is open is changed.
      Files.delete(pack);
      Files.write(pack, damaged);
      try (var repository = sandbox.open()) {
        var commit = Files.readString(sandbox.top.resolve(".git/refs/heads/main")).strip();
        var request = NewWorktree.fresh(sandbox.tree("x"), "task-x", commit);
        assertThatThrownBy(() -> repository.create(request))
            .as("seed %d", SEED)
            .isInstanceOfAny(IOException.class, GitException.class);
      }
      assertThat(sandbox.tree("x")).doesNotExist();
      assertThat(sandbox.top.resolve(".git/worktrees/x")).doesNotExist();
      Files.delete(pack);
      Files.write(pack, whole);
    }
    assertWhole("after");
  }

  private Path pack() throws IOException {
    try (var files = Files.list(sandbox.top.resolve(".git/objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(".pack")).findFirst().orElseThrow();
    }
  }
}
