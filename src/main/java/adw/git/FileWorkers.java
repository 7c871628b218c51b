package adw.git;

import adw.git.config.GitException;
import adw.git.config.UnsupportedException;
import adw.os.ProblemWords;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicReference;

/// One piece of work for the threads that write and look at files, which all worktrees share. After
/// its first failure, or once its user is interrupted, nothing more of it is begun; when it has
/// ended, all of it has: whatever its tasks use may be closed.
final class FileWorkers {
  private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
  private static final ForkJoinPool POOL = new ForkJoinPool(THREADS);

  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /// What a task does.
  interface Step {
    void run() throws IOException, UnsupportedException;
  }

  /// For each task of this work: a failure is kept, not thrown, or other tasks would go on while
  /// their user thinks that all is over.
  void attempt(Step step) {
    if (failure.get() != null) {
      return;
    }
    try {
      step.run();
    } catch (IOException | UnsupportedException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  <T> T run(ForkJoinTask<T> task) throws IOException, InterruptedException, UnsupportedException {
    var running = submitted(task);
    try {
      var result = running.get();
      if (failure.get() != null) {
        throw unwrapped(failure.get());
      }
      return result;
    } catch (ExecutionException e) {
      failure.compareAndSet(null, e);
      throw unwrapped(e);
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
      running.quietlyJoin();
      throw e;
    }
  }

  /// Where no thread is left to do it, it stays in the queue for whoever comes to that later.
  private <T> ForkJoinTask<T> submitted(ForkJoinTask<T> task) {
    try {
      return POOL.submit(task);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      throw e;
    }
  }

  private static UnsupportedException unwrapped(Throwable e) throws IOException {
    for (var at = e; at != null; at = at.getCause()) {
      switch (at) {
        case UnsupportedException unfit -> {
          return unfit;
        }
        case FileAlreadyExistsException twice -> {
          return new UnsupportedException("a tree with " + twice.getFile() + " twice");
        }
        case IOException io -> throw io;
        default -> {}
      }
    }
    throw new GitException("files: " + ProblemWords.of(e), e);
  }

  /// Carries a checked exception out of a task.
  static final class Stop extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Stop(Exception why) {
      super(why);
    }
  }
}
