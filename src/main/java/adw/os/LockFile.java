package adw.os;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A lock between threads and between processes. Not reentrant.
///
/// The trap that this type is about: POSIX drops all locks that a process has on a file as soon as
/// the process closes *any* descriptor of that file, and `FileLock.isValid()` does not notice. So
/// the file is opened once per JVM, never closed, never replaced, and nobody may read it.
public final class LockFile {
  private static final Map<Path, LockFile> ALL = new ConcurrentHashMap<>();

  private final Path path;
  private final Semaphore mutex = new Semaphore(1, true);
  private @Nullable FileChannel channel;
  private @Nullable Object fileKey;
  private volatile boolean isHeld;

  private LockFile(Path path) {
    this.path = path;
  }

  /// The same instance for the same file, made with its folders if it is not there.
  public static LockFile open(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + ": a folder cannot be a lock file");
    }
    NewFolders.make(folder);
    var path = folder.toRealPath().resolve(file.getFileName());
    return ALL.computeIfAbsent(path, LockFile::new);
  }

  /// The file is gone for ever, or nobody will ask for it again: its descriptor is given back,
  /// unless somebody holds it here.
  public static void forget(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null && Files.exists(folder)) {
      var known = ALL.get(folder.toRealPath().resolve(file.getFileName()));
      if (known != null && known.mutex.tryAcquire()) {
        known.close();
      }
    }
  }

  private void close() throws IOException {
    try {
      ALL.remove(path, this);
      if (channel != null) {
        channel.close();
      }
    } finally {
      mutex.release();
    }
  }

  /// Waits its turn.
  public Held lock() throws IOException, InterruptedException {
    return lock(new Impatience(Duration.ofDays(1), () -> {}));
  }

  /// What is done, once, when somebody else has held it for so long.
  ///
  /// @param tell is called on the waiting thread; `LockHolder` says who holds it
  public record Impatience(Duration after, Runnable tell) {}

  /// Waits its turn, and says so if that takes long.
  public Held lock(Impatience impatience) throws IOException, InterruptedException {
    if (!mutex.tryAcquire(impatience.after().toNanos(), TimeUnit.NANOSECONDS)) {
      impatience.tell().run();
      mutex.acquire();
    }
    Optional<CompletableFuture<FileLock>> waiting = Optional.empty();
    var isDone = false;
    try {
      var lock = channel().tryLock();
      if (lock == null) {
        waiting = Optional.of(startToWait(channel()));
        lock = await(waiting.get(), impatience);
      }
      var held = new Held(lock);
      isDone = true;
      return held;
    } finally {
      if (!isDone) { // by an error too: nobody else would ever get it
        waiting.ifPresentOrElse(this::leave, mutex::release);
      }
    }
  }

  /// Whoever waits for the system to give it is the only one here who could give it back.
  private void leave(CompletableFuture<FileLock> waiting) {
    var _ = waiting.whenComplete((lock, _) -> giveBack(lock));
  }

  /// Empty if another thread or process holds it.
  public Optional<Held> tryLock() throws IOException {
    if (!mutex.tryAcquire()) {
      return Optional.empty();
    }
    FileLock lock = null;
    try {
      lock = channel().tryLock();
      return Optional.ofNullable(lock).map(held -> new Held(held));
    } finally {
      if (lock == null) {
        mutex.release();
      }
    }
  }

  /// The real path of the lock file.
  public Path path() {
    return path;
  }

  /// True while any thread of this JVM holds it.
  public boolean isHeldHere() {
    return isHeld;
  }

  /// On a thread that nobody interrupts: an interrupt would close the channel, which is for ever.
  private static CompletableFuture<FileLock> startToWait(FileChannel open) {
    var result = new CompletableFuture<FileLock>();
    Thread.ofPlatform().daemon().name("adw-lock").start(() -> waitFor(open, result));
    return result;
  }

  private FileLock await(CompletableFuture<FileLock> waiting, Impatience impatience)
      throws IOException, InterruptedException {
    try {
      return waiting.get(impatience.after().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      impatience.tell().run();
      return await(waiting, new Impatience(Duration.ofDays(1), () -> {}));
    } catch (ExecutionException failed) {
      throw new IOException(path + ": " + failed.getCause(), failed.getCause());
    }
  }

  private static void waitFor(FileChannel open, CompletableFuture<FileLock> result) {
    try {
      result.complete(open.lock());
    } catch (IOException | RuntimeException | Error failed) {
      result.completeExceptionally(failed);
    }
  }

  private void giveBack(@Nullable FileLock lock) {
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException released) {
      // Only a closed channel cannot release, and then there is no lock.
      return;
    } finally {
      mutex.release();
    }
  }

  /// Opened anew only if the file was taken away by somebody: then no process locks the old one.
  private FileChannel channel() throws IOException {
    var open = channel;
    if (open == null || !open.isOpen() || !isThere()) {
      open =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      fileKey = key();
      channel = open;
    }
    return open;
  }

  private boolean isThere() throws IOException {
    var now = key();
    return now == null ? fileKey == null && Files.exists(path) : now.equals(fileKey);
  }

  private @Nullable Object key() throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  /// The right to go on; closed by whichever thread is done.
  public final class Held implements AutoCloseable {
    private final FileLock lock;

    private Held(FileLock lock) {
      this.lock = lock;
      isHeld = true;
    }

    @Override
    public synchronized void close() throws IOException {
      if (lock.isValid()) {
        isHeld = false;
        try {
          lock.release();
        } finally {
          mutex.release();
        }
      }
    }
  }
}
