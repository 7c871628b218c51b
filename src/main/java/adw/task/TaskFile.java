package adw.task;

import adw.os.LockFile;
import java.io.IOException;
import java.time.InstantSource;

/// The task file on disk, which people edit while we do. All that matters is kept on disk, so that
/// any number of processes may have it open.
public final class TaskFile {
  private final LockFile lock;
  private final Writer writer;
  private final Settling settling;
  private final InstantSource clock;

  /// What is done while the lock is held.
  @FunctionalInterface
  public interface Work<T> {
    T in(Session session) throws IOException, InterruptedException;
  }

  private TaskFile(LockFile lock, Writer writer, Settling settling, InstantSource clock) {
    this.lock = lock;
    this.writer = writer;
    this.settling = settling;
    this.clock = clock;
  }

  public static TaskFile open(TaskFileSettings settings, InstantSource clock, GitView git)
      throws IOException {
    return open(settings, clock, git, Stages.NONE);
  }

  static TaskFile open(TaskFileSettings settings, InstantSource clock, GitView git, Stages stages)
      throws IOException {
    var lock = LockFile.open(settings.state().resolve("tasks.lock"));
    var writer = new Writer(settings, clock, git, stages);
    return new TaskFile(lock, writer, new Settling(settings.settle()), clock);
  }

  /// Waits for its turn, and not from within itself; nobody else reads or writes the file through
  /// us meanwhile.
  public <T> T locked(Work<T> work) throws IOException, InterruptedException {
    try (var _ = lock.lock()) {
      return work.in(new Session(writer, settling, clock.instant()));
    }
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

  Writer writer() {
    return writer;
  }
}
