package adw.git;

import adw.os.process.LockHolder;
import adw.os.process.RunningPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lock files that a dead process has left behind in a worktree. A lock does not say who made it,
/// so none is removed while any git works there.
record StaleLocks(Path commonDir) {
  private static final int TRIES = 40;
  private static final long PAUSE = 50;

  List<Path> remove(WorktreeFolder worktree) throws IOException, InterruptedException {
    var removed = new ArrayList<Path>();
    if (locks(worktree).stream().anyMatch(Files::exists) && isQuiet(worktree.folder())) {
      for (var lock : locks(worktree)) {
        if (Files.deleteIfExists(lock)) {
          removed.add(lock);
        }
      }
    }
    return removed;
  }

  /// Whoever works there is waited for, two seconds.
  private static boolean isQuiet(Path folder) throws IOException, InterruptedException {
    for (var left = TRIES; findGit(folder).isPresent(); left--) {
      if (left == 0) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }

  /// A git that works in that folder, a person's perhaps.
  static Optional<LockHolder> findGit(Path folder) throws IOException {
    return Files.isDirectory(folder) ? RunningPrograms.findWithin(folder, "git") : Optional.empty();
  }

  private List<Path> locks(WorktreeFolder worktree) throws IOException {
    var locks = new ArrayList<Path>();
    locks.add(commonDir.resolve(worktree.ref() + ".lock"));
    var registration = worktree.registration();
    if (registration.isPresent()) {
      locks.add(registration.get().admin().resolve("index.lock"));
      locks.add(registration.get().admin().resolve("HEAD.lock"));
    }
    return locks;
  }
}
