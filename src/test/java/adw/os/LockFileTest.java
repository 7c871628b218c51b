package adw.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.Patience;
import adw.os.process.ChildProcess;
import adw.os.process.Command;
import adw.os.process.TestChildren;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
  @TempDir private Path folder;

  @Test
  void theSameFileIsTheSameLockByAnyOfItsNames() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), folder);

    assertThat(LockFile.open(folder.resolve("link/a.lock")))
        .isSameAs(LockFile.open(folder.resolve("./a.lock")));
  }

  @Test
  void oneThreadAtATimeHoldsIt() throws Exception {
    var lock = LockFile.open(folder.resolve("a.lock"));
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        threads.execute(() -> countInside(lock, inside, most));
      }
    }

    assertThat(most).hasValue(1);
    assertThat(lock.isHeldHere()).isFalse();
  }

  @Test
  void tryLockGivesWayToAHolder() throws Exception {
    var lock = LockFile.open(folder.resolve("a.lock"));

    try (var _ = lock.lock()) {
      assertThat(lock.isHeldHere()).isTrue();
      assertThat(lock.tryLock()).isEmpty();
    }
    try (var held = lock.tryLock().orElseThrow()) {
      assertThat(held).isNotNull();
    }
    assertThat(lock.tryLock()).isPresent();
  }

  @Test
  void anotherProcessIsKeptOutWhateverElseIsReadHere() throws Exception {
    var file = folder.resolve("a.lock");
    var held = LockFile.open(file).lock();
    // Anything beside the lock file may be opened and closed; so may its folder.
    Files.writeString(folder.resolve("tasks.md"), "[] a");
    Files.readString(folder.resolve("tasks.md"));
    LockFile.open(folder.resolve("b.lock")).lock().close();
    DurableFiles.syncDirectory(folder);
    LockFile.open(file);

    try (var other = other(file)) {
      assertThat(answer(other)).isEqualTo("kept out");
      held.close();
      assertThat(answer(other)).isEqualTo("got it");
    }
  }

  @Test
  void aHolderInAnotherProcessIsWaitedFor() throws Exception {
    var file = folder.resolve("a.lock");
    try (var other = other(file)) {
      answer(other);
      assertThat(answer(other)).isEqualTo("got it");
      var lock = LockFile.open(file);
      assertThat(lock.tryLock()).isEmpty();
      var waiting = Thread.startVirtualThread(() -> lockAndUnlock(lock));
      Awaitility.await().during(Duration.ofMillis(100)).until(waiting::isAlive);

      other.tree().kill();

      assertThat(waiting.join(Patience.LONG)).isTrue();
    }
  }

  @Test
  void whoIsInterruptedWhileWaitingLeavesTheLockToOthers() throws Exception {
    var file = folder.resolve("a.lock");
    var lock = LockFile.open(file);
    try (var other = other(file)) {
      answer(other);
      answer(other);
      var started = new CountDownLatch(1);
      var waiting = Thread.ofPlatform().start(() -> lockInterrupted(lock, started));
      started.await();
      waiting.interrupt();
      waiting.join();
    }

    Awaitility.await().until(() -> lock.tryLock().isPresent());
  }

  @Test
  void aLockFileThatWasTakenAwayIsMadeAnew() throws Exception {
    var file = folder.resolve("state/a.lock");
    LockFile.open(file).lock().close();
    Files.delete(file);

    try (var _ = LockFile.open(file).lock();
        var other = other(file)) {
      assertThat(answer(other)).isEqualTo("kept out");
    }
  }

  @Test
  void aLockInAFolderThatCannotBeMadeIsAnError() throws Exception {
    Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> LockFile.open(folder.resolve("file/a.lock")))
        .isInstanceOf(IOException.class);
  }

  private static void countInside(LockFile lock, AtomicInteger inside, AtomicInteger most) {
    try (var _ = lock.lock()) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      inside.decrementAndGet();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void lockAndUnlock(LockFile lock) {
    try (var _ = lock.lock()) {
      assertThat(lock.isHeldHere()).isTrue();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void lockInterrupted(LockFile lock, CountDownLatch started) {
    started.countDown();
    assertThatThrownBy(lock::lock).isInstanceOf(InterruptedException.class);
  }

  private static String answer(ChildProcess other) throws IOException {
    var line = new StringBuilder();
    for (int c; (c = other.out().read()) >= 0 && c != '\n'; ) {
      line.append((char) c);
    }
    return line.toString();
  }

  /// A second JVM: tries once, says so, waits for the lock, says so, and holds it until it is
  /// ended.
  private ChildProcess other(Path file) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var argv =
        List.of(
            java,
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            file.toString());
    return new Command(argv, folder, TestChildren.ENVIRONMENT, TestChildren.LIMIT).start();
  }

  static final class Other {
    private Other() {}

    public static void main(String[] args) throws Exception {
      var lock = LockFile.open(Path.of(args[0]));
      System.out.println(lock.tryLock().isPresent() ? "got it" : "kept out");
      if (!lock.isHeldHere()) {
        var _ = lock.lock();
      }
      System.out.println("got it");
      TimeUnit.MINUTES.sleep(2);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatIsForgottenKeepsNoDescriptor() throws Exception {
    var file = folder.resolve("daemon");
    LockFile.open(file).lock().close();
    assertThat(isOpen(file)).isTrue();

    LockFile.forget(file);

    assertThat(isOpen(file)).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsHeldIsNotForgotten() throws Exception {
    var file = folder.resolve("daemon");
    try (var _ = LockFile.open(file).lock()) {
      LockFile.forget(file);
      assertThat(LockFile.open(file).isHeldHere()).isTrue();
      assertThat(isOpen(file)).isTrue();
    }
  }

  private static boolean isOpen(Path file) throws IOException {
    try (var all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (var one : all) {
        if (Files.isSymbolicLink(one) && Files.readSymbolicLink(one).equals(file.toRealPath())) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void whoeverWaitsLongIsToldOnce() throws Exception {
    var lock = LockFile.open(folder.resolve("a.lock"));
    var told = new java.util.concurrent.CopyOnWriteArrayList<String>();
    var impatience = new LockFile.Impatience(Duration.ofMillis(100), () -> told.add("waits"));
    var held = lock.lock();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiter = threads.submit(() -> lock.lock(impatience));
      Awaitility.await().until(() -> !told.isEmpty());
      held.close();
      waiter.get().close();
    }

    assertThat(told).hasSize(1);
    assertThat(lock.tryLock()).isPresent();
  }

  @Test
  void anErrorOnTheWayLeavesItForOthers() throws Exception {
    var lock = LockFile.open(folder.resolve("a.lock"));
    var held = lock.lock();
    var impatience =
        new LockFile.Impatience(
            Duration.ofMillis(50),
            () -> {
              throw new OutOfMemoryError("no thread is left");
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiter = threads.submit(() -> lock.lock(impatience));
      assertThatThrownBy(waiter::get).hasRootCauseInstanceOf(OutOfMemoryError.class);
    }
    held.close();

    assertThat(lock.tryLock()).isPresent();
  }
}
