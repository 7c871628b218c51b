package adw.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Lock files that a dead process has left behind. That it is dead is for the caller to know: a
/// lock does not say who made it.
record Locks(Repository repository) {
  List<Path> remove(Worktree worktree) throws IOException {
    var removed = new ArrayList<Path>();
    for (var lock : locks(worktree)) {
      if (Files.deleteIfExists(lock)) {
        removed.add(lock);
      }
    }
    return removed;
  }

  private List<Path> locks(Worktree worktree) throws IOException {
    var locks = new ArrayList<Path>();
    locks.add(repository.commonDir().resolve(worktree.ref() + ".lock"));
    var registration = worktree.registration();
    if (registration.isPresent()) {
      locks.add(registration.get().admin().resolve("index.lock"));
      locks.add(registration.get().admin().resolve("HEAD.lock"));
    }
    return locks;
  }
}
