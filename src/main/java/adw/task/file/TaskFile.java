package adw.task.file;

import adw.os.LockFile;
import adw.os.process.LockHolder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// The task file on disk, which people edit while we do. All that matters is kept on disk, so that
/// any number of processes may have it open.
public final class TaskFile {
  private final String name;
  private final LockFile lock;
  private final TaskFileWriter writer;
  private final Settling settling;
  private final InstantSource clock;
  private final Consumer<String> notices;

  /// How long somebody may hold the lock before whoever waits for it says so.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final long LOOK_MILLIS = 50;

  /// What is done while the lock is held.
  @FunctionalInterface
  public interface Work<T> {
    T in(LockedTaskFile session) throws IOException, InterruptedException;
  }

  private TaskFile(
      String name,
      LockFile lock,
      TaskFileWriter writer,
      Settling settling,
      InstantSource clock,
      Consumer<String> notices) {
    this.name = name;
    this.notices = notices;
    this.lock = lock;
    this.writer = writer;
    this.settling = settling;
    this.clock = clock;
  }

  public static TaskFile open(TaskFileSettings settings, InstantSource clock, GitView git)
      throws IOException {
    return open(settings, clock, git, WriteStep.NONE);
  }

  static TaskFile open(
      TaskFileSettings settings, InstantSource clock, GitView git, WriteStep stages)
      throws IOException {
    var lock = LockFile.open(settings.state().resolve("tasks.lock"));
    var writer = new TaskFileWriter(settings, clock, git, stages);
    var name = String.valueOf(settings.file().getFileName());
    return new TaskFile(name, lock, writer, new Settling(settings.settle()), clock, _ -> {});
  }

  /// How long what somebody may still be typing must stay as it is.
  public Duration settle() {
    return settling.settle();
  }

  /// The same, and it says what it waits for.
  public TaskFile telling(Consumer<String> listener) {
    return new TaskFile(name, lock, writer, settling, clock, listener);
  }

  /// Waits for its turn, and not from within itself; nobody else reads or writes the file through
  /// us meanwhile.
  public <T> T locked(Work<T> work) throws IOException, InterruptedException {
    try (var _ = lock.lock(new LockFile.Impatience(PATIENCE, this::tell))) {
      var done = work.in(new LockedTaskFile(writer, settling, clock.instant()));
      writer.takeDamage().ifPresent(notices);
      return done;
    }
  }

  private void tell() {
    notices.accept(name + ": waiting for its lock, which is held by " + holder());
  }

  private String holder() {
    var unknown = "another program";
    try {
      return findHolder().map(LockHolder::toString).orElse(unknown);
    } catch (IOException _) {
      return unknown;
    }
  }

  /// Whether nobody holds the lock, or has given it back within that time.
  public boolean isFree(Duration patience) throws IOException, InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      var held = lock.tryLock();
      if (held.isPresent()) {
        held.get().close();
        return true;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return false;
  }

  /// Who holds the lock, where the system knows.
  public Optional<LockHolder> findHolder() throws IOException {
    return LockHolder.find(lock.path());
  }

  /// Whether the file is, untouched, what this process wrote last: an event that came of that tells
  /// nothing new. From any thread, without the lock.
  public boolean isOwnWrite() {
    return writer.looker().isAsPlaced();
  }

  /// How often this process wrote the file.
  public long writes() {
    return writer.looker().writes();
  }

  TaskFileWriter writer() {
    return writer;
  }
}
