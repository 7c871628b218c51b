package adw.os;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Waits until something happens in folders, or until it is woken. Folders, not files: an editor
/// replaces a file, and a watch would stay with the old one.
public final class FolderWatch implements AutoCloseable {
  private final @Nullable WatchService service;
  private final Map<WatchKey, Predicate<String>> wanted = new ConcurrentHashMap<>();

  /// At most one permit: what happens while nobody waits is one event for the next who does.
  private final Semaphore happened = new Semaphore(0);

  private FolderWatch(@Nullable WatchService service) {
    this.service = service;
  }

  /// Any change in that folder counts.
  public static FolderWatch of(Path folder) throws IOException {
    return of(folder, _ -> true);
  }

  /// Only changes of files whose name is wanted; but when the system loses count, that counts too.
  public static FolderWatch of(Path folder, Predicate<String> names) throws IOException {
    var service = folder.getFileSystem().newWatchService();
    var watch = new FolderWatch(service);
    try {
      watch.add(folder, names);
    } catch (IOException failed) {
      service.close();
      throw failed;
    }
    Thread.ofPlatform().daemon().name("adw-watch").start(() -> watch.listen(service));
    return watch;
  }

  /// Watches nothing and can only be woken, for where the system has no watch left.
  public static FolderWatch none() {
    return new FolderWatch(null);
  }

  /// One more folder.
  public void add(Path folder, Predicate<String> names) throws IOException {
    if (service != null) {
      // The names are known before the first event can be.
      synchronized (wanted) {
        var key = folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        wanted.put(key, names);
      }
    }
  }

  /// True if something happened since the last call, at once or within the limit.
  public boolean await(Duration limit) throws InterruptedException {
    var something = happened.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    happened.drainPermits();
    return something;
  }

  /// From any thread: the one who waits goes on.
  public void wake() {
    if (happened.availablePermits() == 0) {
      happened.release();
    }
  }

  @Override
  public void close() throws IOException {
    if (service != null) {
      service.close();
    }
  }

  private void listen(WatchService open) {
    try {
      while (true) {
        var key = open.take();
        if (concerns(key)) {
          wake();
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException | InterruptedException closed) {
      wake();
    }
  }

  private boolean concerns(WatchKey key) {
    Predicate<String> names;
    synchronized (wanted) {
      names = wanted.getOrDefault(key, _ -> true);
    }
    var concerns = !key.isValid();
    for (WatchEvent<?> event : key.pollEvents()) {
      concerns |= !(event.context() instanceof Path name) || names.test(name.toString());
    }
    return concerns;
  }
}
