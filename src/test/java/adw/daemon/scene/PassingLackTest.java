package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import adw.daemon.Daemon;
import adw.daemon.DaemonControl;
import adw.daemon.context.DaemonListener;
import adw.os.MachineLack;
import adw.os.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the machine lacks for a moment is nobody's fault: what failed for it is tried again.
class PassingLackTest {
  private static final int INODES = 2500;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = DaemonListener.Step.class,
      names = {
        "RECORDED",
        "CLAIMED",
        "PREPARING",
        "WORKTREE_MADE",
        "PREPARED",
        "LAUNCHED",
        "EXITED",
        "COMMITTED",
        "JUDGED",
        "VERIFIED"
      })
  void whereverARunMeetsALackItGoesOnAndStartsItsWorkflowOnce(DaemonListener.Step step)
      throws Exception {
    var starts = folder.resolve("starts");
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("make", "echo x >> " + starts + "; echo x > x\n")
            .tasks("[] Make #make\n");
    sandbox.settings = sandbox.withVerify("true");
    sandbox.failAt(step, "No space left on device");

    try (var running = sandbox.start()) {
      Awaitility.await()
          .untilAsserted(() -> {
            running.look();
            assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Make #make\n");
          });
    }

    assertThat(starts).hasContent("x");
  }

  @Test
  void aLackThatLastsIsWaitedForWithoutAnEndOfStarts() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] Make #make\n");
    var left = new int[] {5};
    sandbox.onStep(
        DaemonListener.Step.WORKTREE_MADE,
        () -> {
          if (left[0]-- > 0) {
            throw new FileSystemException("f", null, "No space left on device");
          }
        });

    try (var running = sandbox.start()) {
      running.awaitText("[✅ HASH, ID] Make #make\n");
    }
    assertThat(sandbox.notices)
        .singleElement()
        .asString()
        .contains(" waits, the machine lacks something: f: No space left on device");
  }

  @ParameterizedTest
  @EnumSource(
      value = DaemonListener.Step.class,
      names = {"RECORDED", "CLAIMED"})
  void looksThatFailForWantOfThreadsEndNothingAndAreTriedAgain(DaemonListener.Step step)
      throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] Make #make\n");
    var left = new AtomicInteger(3);
    sandbox.onStep(
        step,
        () -> {
          if (left.getAndDecrement() > 0) {
            throw new OutOfMemoryError("unable to create native thread");
          }
        });

    try (var running = sandbox.start()) {
      Awaitility.await()
          .untilAsserted(() -> {
            running.look();
            assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Make #make\n");
          });
    }

    assertThat(sandbox.events).as("its own runs").noneMatch(it -> it.kind().equals("adopted"));
  }

  /// A virtual thread is woken by another one, which the JVM starts at the first sleep.
  @Test
  void whoeverCarriesARunSleepsAndWakesWithoutAnotherThread() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] Make #make\n");
    var threads = new ArrayList<Thread>();
    sandbox.onStep(DaemonListener.Step.LAUNCHED, () -> threads.add(Thread.currentThread()));

    sandbox.runUntilIdle();

    assertThat(threads).singleElement().matches(thread -> !thread.isVirtual());
  }

  @Test
  void stopEndsWhatRunsAlsoWhileEachLookBreaks() throws Exception {
    var pid = folder.resolve("pid");
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("slow", "echo $$ > " + pid + "\nexec sleep 300\n")
            .tasks("[] Wait #slow\n");
    try (var running = sandbox.start()) {
      Awaitility.await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
      sandbox.breakAt(DaemonListener.Step.MARKED, new OutOfMemoryError("Java heap space"));
      var end = CompletableFuture.supplyAsync(running::end);
      new DaemonControl(sandbox.context()).stop();
      assertThat(end.join()).isEqualTo(Daemon.End.STOPPED);
    }
    assertThat(ProcessIdentity.of(Long.parseLong(Files.readString(pid).strip()))).isEmpty();

    sandbox.onStep(DaemonListener.Step.MARKED, () -> {});
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[⊘, ID] Wait #slow // stopped by adw stop\n");
  }

  @Test
  void someSecondsWithoutInodesEndNoTask() throws Exception {
    var disk = Files.createDirectory(folder.resolve("disk"));
    var options = "size=100m,nr_inodes=" + INODES;
    var mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "adw", disk.toString());
    assumeThat(mount.start().waitFor()).as("a small tmpfs can be mounted (as root)").isZero();
    try {
      withoutInodes(
          DaemonSandbox.create(disk).workflow("make", "echo x > $ADW_RUN_ID\n").tasks(""));
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  private static void withoutInodes(DaemonSandbox sandbox) throws Exception {
    sandbox.settings = sandbox.withMinFree(1 << 20);
    try (var running = sandbox.start()) {
      var filler = fill(sandbox.root.resolveSibling("filler"));
      sandbox.tasks("[] A #make\n[] B #make\n");
      running.look();
      Awaitility.await()
          .until(() -> sandbox.notices.stream().anyMatch(it -> it.contains("(inodes)")));
      for (var file : filler) {
        Files.delete(file);
      }
      running.look();
      running.awaitText("[✅ HASH, ID] A #make\n[✅ HASH, ID] B #make\n");
    }
  }

  /// All but a few, so that a claim can be written.
  private static List<Path> fill(Path filler) throws IOException {
    var files = new ArrayList<Path>();
    Files.createDirectory(filler);
    try {
      while (true) {
        files.add(Files.createFile(filler.resolve("f" + files.size())));
      }
    } catch (FileSystemException full) {
      for (var i = 0; i < 40; i++) {
        Files.delete(files.removeLast());
      }
      return files;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Disk quota exceeded",
        "Too many open files in system",
        "error=11, Resource temporarily unavailable",
        "fatal: unable to create thread: Cannot allocate memory"
      })
  void aLackIsKnownByWhateverWrapsIt(String words) {
    var wrapped = new IllegalStateException(new UncheckedIOException(new IOException(words)));

    assertThat(MachineLack.isPassing(wrapped)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"no such file or folder", "Permission denied", "Java heap space"})
  void anotherFailureIsNone(String words) {
    assertThat(MachineLack.isPassing(new IOException(words))).isFalse();
    assertThat(MachineLack.isPassing(new OutOfMemoryError("Java heap space"))).isFalse();
  }
}
