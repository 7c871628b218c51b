package adw.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.daemon.scene.DaemonSandbox;
import adw.os.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `[trigger] keep_awake`: the machine sleeps when no run lives, and not before.
class KeepAwakeTest {
  @TempDir Path folder;
  private DaemonSandbox sandbox;
  private Path pid;

  @BeforeEach
  void create() throws Exception {
    pid = folder.resolve("inhibitor");
    sandbox =
        DaemonSandbox.create(folder)
            .workflow("slow", "while ! test -e \"$ADW_REPO/go\"; do sleep 0.05; done; echo x > x\n")
            .tasks("[] work #slow\n");
    sandbox.settings = sandbox.withKeepAwake();
    sandbox.program(
        "systemd-inhibit",
        "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "\nshift 3; exec \"$@\"");
  }

  private boolean isInhibited() throws Exception {
    return Files.exists(pid)
        && ProcessIdentity.of(Long.parseLong(Files.readString(pid).strip())).isPresent();
  }

  private void awaitInhibited(boolean wanted) {
    await().until(() -> isInhibited() == wanted);
  }

  @Test
  void itIsKeptAwakeWhileARunLives() throws Exception {
    try (var running = sandbox.start()) {
      awaitInhibited(true);
      Files.createFile(sandbox.root.resolve("go"));
      running.awaitText("[✅ HASH, ID] work #slow\n");
      awaitInhibited(false);
    }
  }

  @Test
  void itMaySleepAgainWhenTheDaemonLeaves() throws Exception {
    try (var _ = sandbox.start()) {
      awaitInhibited(true);
    }
    awaitInhibited(false);
    Files.createFile(sandbox.root.resolve("go"));
    sandbox.runUntilIdle();
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] work #slow\n");
  }

  @Test
  void withoutSuchAProgramTheLoopWorksAllTheSame() throws Exception {
    sandbox.program("systemd-inhibit", "echo 'no bus' >&2; exit 1");
    Files.createFile(sandbox.root.resolve("go"));
    sandbox.runUntilIdle();
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] work #slow\n");
  }
}
