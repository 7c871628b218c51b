package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.git.config.GitEnvironment;
import adw.os.Disk;
import adw.os.process.Command;
import adw.os.process.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Very many files, very large ones, and a disk that is full half way.
@Tag("scale")
class SizesTest {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  @TempDir Path temp;
  private GitSandbox sandbox;
  private boolean mounted;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      sandbox.run(temp, "umount", sandbox.top.resolve("trees").toString());
    }
  }

  /// Makes the worktree `x` of the repository in the first argument, and commits a change in it.
  public static void main(String[] arguments) throws Exception {
    var top = Path.of(arguments[0]);
    try (var repository =
        Repository.open(top, new GitEnvironment(System.getenv(), InstantSource.system()))) {
      var start = repository.findCommit("main").orElseThrow();
      var request = NewWorktree.fresh(top.resolve("trees/x"), "task-x", start);
      var worktree = ((CreateResult.Made) repository.create(request)).worktree();
      assertThat(worktree.status()).isEmpty();
      GitSandbox.write(worktree.folder(), "a.txt", "changed\n");
      assertThat(worktree.commitAll(CommitRequest.of("m", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
    }
  }

  private void makeWithHeap(String heap) throws Exception {
    var argv =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            SizesTest.class.getName(),
            sandbox.top.toString());
    var ended = new Command(argv, temp, sandbox.environment, LIMIT).run();
    assertThat(ended.status()).as(ended.errText()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(sandbox.git(sandbox.tree("x"), "status", "--porcelain")).isEmpty();
    assertThat(sandbox.git("diff", "--name-status", "main", "task-x")).isEqualTo("M\ta.txt");
  }

  @Test
  void aHundredThousandFilesInOneFolder() throws Exception {
    var blob = sandbox.git("rev-parse", "HEAD:a.txt");
    var script =
        "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); printf '100644 "
            + blob
            + "\\tmany/f%s\\n' $i; done | git update-index --index-info && git commit -q -m many";
    sandbox.run(sandbox.top, "sh", "-c", script);
    makeWithHeap("-Xmx256m");
    assertThat(sandbox.run(sandbox.tree("x"), "sh", "-c", "ls many | wc -l").strip())
        .isEqualTo("100000");
  }

  @Test
  void aBlobOfFourGigabytesInASmallHeap() throws Exception {
    assumeTrue(Disk.freeBytes(temp) > 12L << 30, "SKIPPED: less than 12 GiB of disk are free");
    var size = 4L * 1024 + 1;
    sandbox.run(
        sandbox.top,
        "sh",
        "-c",
        "dd if=/dev/zero of=huge.bin bs=1M count=" + size + " 2>/dev/null && git add huge.bin");
    sandbox.git("commit", "-q", "-m", "huge");
    Files.delete(sandbox.top.resolve("huge.bin"));
    makeWithHeap("-Xmx128m");
    assertThat(Files.size(sandbox.tree("x").resolve("huge.bin"))).isEqualTo(size << 20);
  }

  @Test
  void aDiskThatIsFullHalfWayHasNothingLeftBehindOnIt() throws Exception {
    for (var i = 0; i < 300; i++) {
      sandbox.write("d" + i % 9 + "/f" + i, (i + " text\n").repeat(4000));
    }
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "many");
    var trees = Files.createDirectories(sandbox.top.resolve("trees"));
    var mount =
        new Command(
                List.of("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", trees.toString()),
                temp,
                sandbox.environment,
                LIMIT)
            .run();
    mounted = mount.succeeded();
    assumeTrue(mounted, "SKIPPED: no right to mount a small file system");
    try (var repository = sandbox.open()) {
      var free = Disk.freeBytes(trees);

      assertThatThrownBy(() -> sandbox.fresh(repository, "x"))
          .hasMessageContaining("no space left on device");

      assertThat(trees).isEmptyDirectory();
      assertThat(Disk.freeBytes(trees)).isEqualTo(free);
      assertThat(sandbox.git("branch", "--list", "task-x")).isEmpty();
      assertThat(sandbox.run(sandbox.top, "find", ".git/worktrees", "-mindepth", "1")).isEmpty();
      assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
    }
  }
}
