package adw.daemon.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.daemon.context.DaemonListener;
import adw.daemon.scene.DaemonSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `[worktree] ready`: worktrees made ahead are used, kept up to date, and leave nothing behind.
class PoolFillerTest {
  @TempDir Path folder;
  private DaemonSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = DaemonSandbox.create(folder);
    sandbox.settings = sandbox.withReady(2);
  }

  private List<Path> ready() throws Exception {
    var pool = sandbox.root.resolve("trees/.ready");
    if (!Files.isDirectory(pool)) {
      return List.of();
    }
    try (var all = Files.find(pool, 3, (file, _) -> file.endsWith("README.md"))) {
      return all.map(file -> file.resolveSibling("")).toList();
    }
  }

  private void awaitReady(int count) {
    await().ignoreExceptions().until(() -> ready().size() == count);
  }

  private void assertNothingIsLeft(int worktrees) throws Exception {
    assertThat(sandbox.root.resolve("trees/.ready")).doesNotExist();
    assertThat(sandbox.git("worktree", "list").lines()).hasSize(1 + worktrees);
    assertThat(sandbox.git("worktree", "prune", "--dry-run", "--verbose")).isEmpty();
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }

  @Test
  void aBurstOfTasksTakesThemAndTheyAreMadeAgain() throws Exception {
    sandbox.workflow("make", "echo \"$ADW_RUN_ID\" > made.txt\n").tasks("# Work\n");
    var tasks = "[] a #make\n[] b #make\n[] c #make\n[] d #make\n[] e #make\n";
    var site = sandbox.site();
    try (var running = sandbox.start(site)) {
      awaitReady(2);
      var inodes = ready().stream().map(PoolFillerTest::inode).toList();
      sandbox.tasks(tasks);
      running.awaitText(tasks.replace("[]", "[✅ HASH, ID]"));
      assertThat(sandbox.runs())
          .extracting(run -> inode(run.place().orElseThrow().worktree()))
          .containsAnyElementsOf(inodes);
      awaitReady(2);
    }
    site.repository().close();

    assertNothingIsLeft(5);
    for (var run : sandbox.runs()) {
      assertThat(sandbox.git("show", "task-" + run.id() + ":made.txt")).isEqualTo(run.id());
    }
  }

  private static Object inode(Path folder) {
    try {
      return Files.getAttribute(folder, "unix:ino");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aBaseThatMovesIsFollowed() throws Exception {
    sandbox
        .workflow(
            "look",
            "git status --short > \"$TMPDIR/s\"; ls > seen.txt; mv \"$TMPDIR/s\" status.txt\n")
        .tasks("# Work\n");
    var tasks = "[] a #look\n## Git Worktree feature\n[] b #look\n";
    var site = sandbox.site();
    try (var running = sandbox.start(site)) {
      awaitReady(2);
      for (var i = 1; i <= 20; i++) {
        Files.writeString(sandbox.root.resolve("file-" + i), i + "\n");
        sandbox.git("add", "file-" + i);
        sandbox.git("commit", "-q", "-m", "commit " + i);
      }
      sandbox.tasks(tasks);
      running.awaitText(tasks.replace("[]", "[✅ HASH, ID]"));
    }
    site.repository().close();

    for (var run : sandbox.runs()) {
      var branch = run.place().orElseThrow().branch();
      assertThat(sandbox.git("show", branch + ":seen.txt").lines()).contains("file-1", "file-20");
      assertThat(sandbox.git("show", branch + ":status.txt")).isEmpty();
    }
    assertNothingIsLeft(2);
  }

  @Test
  void whatAKilledDaemonHadMadeAheadGoesAtTheNextStart() throws Exception {
    var tasks = "[] task #slow\n".repeat(8);
    var script = "while ! test -e \"$ADW_REPO/.git/go\"; do sleep 0.05; done; echo x > x\n";
    sandbox.workflow("slow", script).tasks(tasks);
    var killed = sandbox.startCrashing(DaemonListener.Step.ENDED, 0);
    awaitReady(2);
    killed.destroyForcibly().waitFor();
    Files.createFile(sandbox.root.resolve(".git/go"));

    sandbox.settings = sandbox.withReady(0);
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo(tasks.replace("[]", "[✅ HASH, ID]"));
    assertNothingIsLeft(8);
  }
}
