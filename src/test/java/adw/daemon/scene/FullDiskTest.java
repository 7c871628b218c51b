package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import adw.run.Run;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repository on a small disk of its own that runs full; needs root to mount one.
class FullDiskTest {
  @TempDir Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    var mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=16m", "adw-test", disk.toString());
    assumeThat(mount.start().waitFor()).as("a small tmpfs can be mounted (as root)").isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
  }

  private Path fill() throws IOException {
    var filler = disk.resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      return filler; // that is what was wanted
    }
  }

  @Test
  @Tag("scale")
  void nothingIsLostAndTheLoopGoesOnWhenThereIsRoomAgain() throws Exception {
    var sandbox =
        DaemonSandbox.create(disk)
            .workflow("make", "echo x > x\n")
            .tasks("## Later\n[] A #make\n[] B #make\n");
    sandbox.settings = sandbox.withMinFree(0);
    try (var running = sandbox.start()) {
      var filler = fill();
      try (var file = new RandomAccessFile(sandbox.tasks.toFile(), "rw")) {
        file.writeBytes("## Today"); // in place: there is no room for another file
      }
      Awaitility.await().until(() -> !sandbox.notices.isEmpty());
      assertThat(sandbox.shown()).isEqualTo("## Today\n[] A #make\n[] B #make\n");
      assertThat(sandbox.notices.getFirst()).containsIgnoringCase("space");
      Files.delete(filler);
      running.look();
      running.awaitText("## Today\n[✅ HASH, ID] A #make\n[✅ HASH, ID] B #make\n");
    }
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }

  /// Whether its commit fails or waits for room, its work is there, and the scope goes on.
  @Test
  void aRunOfAScopeThatFillsTheDiskLosesNothing() throws Exception {
    var filler = disk.resolve("filler");
    var sandbox =
        DaemonSandbox.create(disk)
            .workflow("fill", "echo work > work.txt; dd if=/dev/zero of=" + filler + " || true\n")
            .workflow("add", "ls > log.txt\n")
            .tasks("## Git Worktree feature\n[] one #fill\n[] two #add\n");
    sandbox.settings = sandbox.withMinFree(0);
    try (var running = sandbox.start()) {
      Awaitility.await().until(() -> Files.exists(filler));
      TimeUnit.SECONDS.sleep(2); // whatever it does about a full disk
      Files.delete(filler);
      Awaitility.await().until(() -> sandbox.shown().endsWith("[✅ HASH, ID] two #add\n"));
      assertThat(running).isNotNull();
    }

    var one = sandbox.shown().lines().skip(1).findFirst().orElseThrow();
    var id = sandbox.runs().stream().filter(FullDiskTest::isFirst).findFirst().orElseThrow().id();
    var place = one.startsWith("[✅") ? "feature" : "refs/adw/" + id + "/files";
    assertThat(sandbox.git("show", place + ":work.txt")).as(one).isEqualTo("work");
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }

  private static boolean isFirst(Run run) {
    return run.order().text().startsWith("one");
  }

  @Test
  void belowMinFreeNothingStartsAndTheReasonIsTold() throws Exception {
    var sandbox = DaemonSandbox.create(disk).workflow("make", "echo x > x\n").tasks("[] A #make\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[] A #make\n");
    assertThat(sandbox.notices).anyMatch(notice -> notice.contains("min_free"));
  }
}
