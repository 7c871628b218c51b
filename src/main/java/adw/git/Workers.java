package adw.git;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/// The threads that write and look at files, shared by all worktrees.
final class Workers {
  private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
  private static final ForkJoinPool POOL = new ForkJoinPool(THREADS);

  private Workers() {}

  static <T> T run(ForkJoinTask<T> task) throws IOException, InterruptedException, UnfitException {
    try {
      return POOL.submit(task).get();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static UnfitException unwrapped(ExecutionException e) throws IOException {
    for (Throwable at = e; at != null; at = at.getCause()) {
      switch (at) {
        case UnfitException unfit -> {
          return unfit;
        }
        case FileAlreadyExistsException twice -> {
          return new UnfitException("a tree with " + twice.getFile() + " twice");
        }
        case IOException io -> throw io;
        default -> {}
      }
    }
    throw new GitException("files: " + e.getMessage(), e);
  }

  /// Carries a checked exception out of a task.
  static final class Stop extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Stop(Exception why) {
      super(why);
    }
  }
}
