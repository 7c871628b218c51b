package adw.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import adw.os.FileTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inflated objects that one worktree leaves for the next.
class KeptObjectsTest {
  private static final long LIMIT = 64 << 20;

  @TempDir Path temp;
  private final Random random = new Random(1);
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
    commitFiles("f", 28);
  }

  private void commitFiles(String name, int count) throws Exception {
    for (var i = 0; i < count; i++) {
      sandbox.write("d" + i % 9 + "/" + name + i, text());
    }
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", name);
  }

  private String text() {
    var bytes = new byte[60_000];
    random.nextBytes(bytes);
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ('a' + (bytes[i] & 15));
    }
    return new String(bytes, US_ASCII);
  }

  private Repository open() throws Exception {
    var repository = sandbox.open();
    repository.keepObjects(LIMIT);
    return repository;
  }

  private List<Path> parts() throws Exception {
    var folder = sandbox.top.resolve(".git/adw/objects");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /// Whatever the kept objects are: the files are the commit's.
  private void assertWhole(Repository repository, String name) throws Exception {
    var worktree = sandbox.fresh(repository, name);
    // Without the index's memory, each file is read.
    Files.delete(worktree.admin().resolve("index"));
    sandbox.git(worktree.folder(), "reset", "-q");
    assertThat(sandbox.git(worktree.folder(), "status", "--porcelain")).isEmpty();
    assertThat(worktree.remove(Optional.empty())).isEqualTo(new RemoveResult.Removed());
  }

  @Test
  void theNextWorktreeIsMadeOfThem() throws Exception {
    try (var repository = open()) {
      assertWhole(repository, "one");
      assertThat(parts()).hasSize(1);
      var before = Files.readAllBytes(parts().getFirst());
      assertWhole(repository, "two");
      assertThat(parts()).hasSize(1);
      assertThat(parts().getFirst()).hasBinaryContent(before);

      commitFiles("g", 28);
      assertWhole(repository, "three");
      assertThat(parts()).hasSize(2);
    }
  }

  @Test
  void manyPartsBecomeOneThatHoldsWhatIsStillUsed() throws Exception {
    try (var repository = open()) {
      for (var i = 0; i < 10; i++) {
        commitFiles("more" + i, 20);
        assertWhole(repository, "x" + i);
      }
      assertThat(parts()).hasSizeBetween(1, 8);
      assertWhole(repository, "last");
    }
  }

  @Test
  void theyStayBelowTheirLimit() throws Exception {
    try (var repository = sandbox.open()) {
      var limit = 3L << 20;
      repository.keepObjects(limit);
      for (var i = 0; i < 4; i++) {
        commitFiles("more" + i, 21);
        assertWhole(repository, "x" + i);
        var size = 0L;
        for (var part : parts()) {
          size += Files.size(part);
        }
        assertThat(size).isLessThan(limit);
      }
    }
  }

  @Test
  void fullOnesThatAreOfNoUseAnyMoreGo() throws Exception {
    try (var repository = sandbox.open()) {
      repository.keepObjects(3L << 20);
      assertWhole(repository, "one");
      var first = parts();
      sandbox.git("rm", "-q", "-r", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d0");
      commitFiles("other", 28);
      assertWhole(repository, "two");
      assertThat(parts()).isEmpty();
      assertWhole(repository, "three");
      assertThat(parts()).hasSameSizeAs(first).doesNotContainAnyElementsOf(first);
    }
  }

  @Test
  void damagedOnesGiveNothingWrong() throws Exception {
    try (var repository = open()) {
      assertWhole(repository, "one");
      for (var i = 0; i < 4; i++) {
        damage(parts(), i);
        assertWhole(repository, "x" + i);
      }
    }
  }

  private void damage(List<Path> parts, int how) throws Exception {
    for (var part : parts) {
      var bytes = Files.readAllBytes(part);
      switch (how % 4) {
        case 0 -> bytes[bytes.length - 1 - random.nextInt(9000)]++;
        case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        case 2 -> Arrays.fill(bytes, 5000, bytes.length / 2, (byte) 0);
        default -> random.nextBytes(bytes);
      }
      // As after a crash: another file of that name.
      Files.delete(part);
      Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
    }
  }

  @Test
  void theyMayBeDeletedAtAnyMomentAndWhatADeadProcessBeganIsNoHindrance() throws Exception {
    try (var repository = open()) {
      assertWhole(repository, "one");
      FileTrees.delete(sandbox.top.resolve(".git/adw/objects"));
      assertWhole(repository, "two");
      FileTrees.delete(sandbox.top.resolve(".git/adw/objects"));
      sandbox.write(".git/adw/objects/unfinished", "half a file");
      assertWhole(repository, "three");
      assertThat(parts()).hasSize(1);
      assertThat(parts().getFirst().getFileName().toString()).endsWith(".objects");
    }
  }

  @Test
  void manyWorktreesAtOnceShareThem() throws Exception {
    try (var one = open();
        var other = open();
        var threads = Executors.newFixedThreadPool(4)) {
      var work = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 6; i++) {
        var name = "x" + i;
        var repository = i % 2 == 0 ? one : other;
        work.add(() -> {
          assertThat(sandbox.fresh(repository, name).status()).isEmpty();
          return true;
        });
      }
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
      assertThat(parts()).isNotEmpty();
      assertThat(sandbox.git(sandbox.tree("x5"), "status", "--porcelain")).isEmpty();
    }
  }
}
