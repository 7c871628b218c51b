package adw.git;

import adw.git.config.UnsupportedException;
import adw.git.config.WorktreeAdmin;
import adw.os.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jgit.lib.ObjectId;

/// Worktrees made ahead (`[worktree] ready`): a run gets one by a rename. Each belongs to the
/// process that made it, has no branch and, until it is given away, is locked as one in the making:
/// whoever finds it after that process has died clears it.
public final class WorktreePool {
  private final RepositoryParts repository;
  private final CreateStep steps;
  private final Deque<Tree> trees = new ArrayDeque<>();
  private final Queue<PoolCheck> given = new ConcurrentLinkedQueue<>();
  private Optional<PoolFolder> folder = Optional.empty();
  private int wanted;
  private int made;

  /// As it was left; a later time of its index says that git was at work in it.
  private record Tree(Path folder, Path admin, ObjectId commit, FileTime index, PoolCheck files) {
    static Tree of(Path folder, Path admin, ObjectId commit)
        throws IOException, InterruptedException, UnsupportedException {
      var files = PoolCheck.of(folder, Index.read(admin.resolve("index")));
      return new Tree(folder, admin, commit, WorktreePool.index(admin), files);
    }
  }

  WorktreePool(RepositoryParts repository, CreateStep steps) {
    this.repository = repository;
    this.steps = steps;
  }

  /// To be kept below this folder of worktrees, so many. What dead processes left there goes.
  public synchronized void keep(Path worktrees, int count) throws IOException {
    var place = PoolFolder.below(worktrees);
    folder = Optional.of(place);
    wanted = count;
    place.clearAfterTheDead(repository.commonDir());
  }

  /// One step towards so many at this commit, for when nothing else is to be done: makes one, or
  /// brings an old one up to date. False if nothing was left to do.
  public boolean refill(String commit) throws IOException, InterruptedException {
    forgetGiven();
    var target = ObjectId.fromString(commit);
    var old = findOld(target);
    if (old.isEmpty() && !isShort()) {
      return false;
    }
    if (!SupportedFeatures.of(repository, repository.place()).isOwn()) {
      return false;
    }
    try {
      add(old.isPresent() ? refreshed(old.get(), target) : make(target));
      return true;
    } catch (UnsupportedException _) {
      // What git has to make itself is not made ahead.
      if (old.isPresent()) {
        forget(old.get());
      }
      stop();
      return false;
    }
  }

  /// Many watches take the system as long as the rest of a claim: they go when nobody waits.
  private void forgetGiven() {
    for (var files = given.poll(); files != null; files = given.poll()) {
      files.close();
    }
  }

  /// One that somebody was at is made anew: what git ignores in it would stay.
  private Tree refreshed(Tree tree, ObjectId commit)
      throws IOException, InterruptedException, UnsupportedException {
    if (!isUntouched(tree)) {
      forget(tree);
      return make(commit);
    }
    tree.files.close();
    move(tree, commit);
    return Tree.of(tree.folder, tree.admin, commit);
  }

  private synchronized Optional<Tree> findOld(ObjectId commit) {
    var old = trees.stream().filter(tree -> !tree.commit.equals(commit)).findFirst();
    old.ifPresent(trees::remove);
    return old;
  }

  private synchronized boolean isShort() {
    return trees.size() < wanted;
  }

  private synchronized void add(Tree tree) {
    trees.add(tree);
  }

  private synchronized void stop() {
    wanted = 0;
  }

  private Tree make(ObjectId commit)
      throws IOException, InterruptedException, UnsupportedException {
    if (!Files.isDirectory(repository.commonDir())) {
      throw new NoSuchFileException(repository.commonDir().toString()); // it was moved away
    }
    var at = folder.orElseThrow().make(number());
    var admin = CreationSteps.ahead(repository, steps, at, commit).makeAhead();
    return Tree.of(at, admin, commit);
  }

  private synchronized int number() {
    return ++made;
  }

  private static FileTime index(Path admin) throws IOException {
    return Files.getLastModifiedTime(admin.resolve("index"));
  }

  /// By what differs.
  private void move(Tree tree, ObjectId commit)
      throws IOException, InterruptedException, UnsupportedException {
    new WorktreeReset(repository, new WorktreeFolder(repository, tree.folder, ""))
        .moveClean(commit);
    Files.writeString(tree.admin.resolve("HEAD"), commit.name() + "\n");
  }

  /// False if there is none, or none that is still as it was made.
  boolean tryGive(CreationSteps making) throws IOException, InterruptedException {
    for (var next = take(making.start()); next.isPresent(); next = take(making.start())) {
      var tree = next.get();
      if (tryGive(making, tree)) {
        return true;
      }
      forget(tree);
    }
    return false;
  }

  private boolean tryGive(CreationSteps making, Tree tree)
      throws IOException, InterruptedException {
    try {
      if (!isUntouched(tree)) {
        return false;
      }
      if (!tree.commit.equals(making.start())) {
        move(tree, making.start());
      }
      making.adopt(tree.admin, tree.folder);
      given.add(tree.files);
      return true;
    } catch (UnsupportedException _) {
      return false;
    }
  }

  /// One at this commit, else any.
  private synchronized Optional<Tree> take(ObjectId commit) {
    var best = trees.stream().filter(tree -> tree.commit.equals(commit)).findFirst();
    var taken = best.or(() -> trees.stream().findFirst());
    taken.ifPresent(trees::remove);
    return taken;
  }

  private static boolean isUntouched(Tree tree)
      throws IOException, InterruptedException, UnsupportedException {
    var registration = new WorktreeAdmin(tree.admin);
    return registration.isWhole()
        && registration.head().equals(Optional.of(tree.commit.name()))
        && Files.exists(tree.admin.resolve("index"))
        && index(tree.admin).equals(tree.index)
        && tree.files.isStill(tree.folder, tree.admin.resolve("index"));
  }

  private static void forget(Tree tree) throws IOException {
    tree.files.close();
    FileTrees.delete(tree.folder);
    FileTrees.delete(tree.admin);
  }

  /// Those that nobody got are removed.
  void clear() throws IOException {
    stop();
    forgetGiven();
    for (var next = take(ObjectId.zeroId()); next.isPresent(); next = take(ObjectId.zeroId())) {
      forget(next.get());
    }
    if (folder.isPresent()) {
      folder.get().clearOwn(repository.commonDir());
    }
  }
}
