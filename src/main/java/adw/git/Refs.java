package adw.git;

import adw.git.config.GitEnvironment;
import adw.git.config.GitException;
import adw.git.config.GitPerson;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;

/// Branches and kept refs, each change made only if the ref is what it was thought to be.
final class Refs {
  // Another process holds a ref's lock for a moment only; git waits 100 ms, we may wait longer.
  private static final int TRIES = 40;
  private static final long PAUSE = 25;

  private final ObjectStore store;
  private final GitPerson person;
  private final GitEnvironment world;

  Refs(ObjectStore store, GitPerson person, GitEnvironment world) {
    this.store = store;
    this.person = person;
    this.world = world;
  }

  /// False if the ref exists.
  boolean tryCreate(String name, ObjectId commit, String why)
      throws IOException, InterruptedException {
    return tryMove(name, ObjectId.zeroId(), commit, why);
  }

  /// False if the ref is not at `from` any more.
  boolean tryMove(String name, ObjectId from, ObjectId to, String why)
      throws IOException, InterruptedException {
    for (var left = TRIES; ; left--) {
      var update = update(name, from, why);
      update.setNewObjectId(to);
      var result = update.forceUpdate();
      if (result != RefUpdate.Result.LOCK_FAILURE) {
        return isMade(name, result);
      }
      if (!isAt(name, from) || left == 0) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
  }

  boolean tryDelete(String name, ObjectId at) throws IOException, InterruptedException {
    for (var left = TRIES; ; left--) {
      var update = update(name, at, "");
      var result = update.delete();
      if (result != RefUpdate.Result.LOCK_FAILURE) {
        return isMade(name, result);
      }
      if (!isAt(name, at) || left == 0) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
  }

  private RefUpdate update(String name, ObjectId from, String why) throws IOException {
    var update = store.jgit().updateRef(name, true);
    update.setExpectedOldObjectId(from);
    update.setForceUpdate(true);
    update.setRefLogIdent(person.at(world));
    update.setRefLogMessage(why, false);
    update.setForceRefLog(name.startsWith("refs/heads/"));
    // Looked for by `findClash`, without reading every ref there is.
    update.setCheckConflicting(false);
    return update;
  }

  private boolean isAt(String name, ObjectId id) throws IOException {
    return store.findRef(name).orElse(ObjectId.zeroId()).equals(id);
  }

  private static boolean isMade(String name, RefUpdate.Result result) {
    return switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> true;
      case LOCK_FAILURE, REJECTED, REJECTED_CURRENT_BRANCH -> false;
      case NOT_ATTEMPTED, IO_FAILURE, REJECTED_MISSING_OBJECT, REJECTED_OTHER_REASON ->
          throw new GitException(name + ": cannot be written (" + result + ")");
    };
  }

  /// A branch that cannot exist beside this one: `task` and `task/x`.
  Optional<String> findClash(String name) throws IOException {
    for (var slash = name.indexOf('/', "refs/heads/".length());
        slash > 0;
        slash = name.indexOf('/', slash + 1)) {
      if (store.findRef(name.substring(0, slash)).isPresent()) {
        return Optional.of(name.substring(0, slash));
      }
    }
    return store.jgit().getRefDatabase().getRefsByPrefix(name + "/").stream()
        .findFirst()
        .map(Ref::getName);
  }
}
