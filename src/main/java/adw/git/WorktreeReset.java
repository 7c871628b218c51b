package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.UnsupportedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// `git reset --hard` and `git clean -d`: only what differs is written or deleted.
final class WorktreeReset {
  private static final byte[] IGNORES = ".gitignore".getBytes(UTF_8);
  private static final byte[] ATTRIBUTES = ".gitattributes".getBytes(UTF_8);

  private final RepositoryParts repository;
  private final WorktreeFolder worktree;

  WorktreeReset(RepositoryParts repository, WorktreeFolder worktree) {
    this.repository = repository;
    this.worktree = worktree;
  }

  void reset(ObjectId commit) throws IOException, InterruptedException, UnsupportedException {
    var ignoresChanged = resetOnce(commit, WorktreeIndex::scan);
    if (ignoresChanged) {
      // What was ignored a moment ago may be a new file now.
      resetOnce(commit, WorktreeIndex::scan);
    }
  }

  /// For files that are known to be as the index says: none is looked at but those that differ.
  void moveClean(ObjectId commit) throws IOException, InterruptedException, UnsupportedException {
    resetOnce(commit, _ -> List.of());
  }

  /// What is other in the files than in the index.
  private interface Look {
    List<StatusEntry> at(WorktreeIndex files)
        throws IOException, InterruptedException, UnsupportedException;
  }

  private boolean resetOnce(ObjectId commit, Look look)
      throws IOException, InterruptedException, UnsupportedException {
    var admin = worktree.admin();
    try (var lock = IndexLock.take(admin);
        var files = WorktreeIndex.open(repository, worktree.place())) {
      var seconds = Files.getLastModifiedTime(admin.resolve("index.lock")).to(TimeUnit.SECONDS) - 1;
      var dirty = look.at(files);
      var target = repository.store().readTree(commit);
      var wanted = differences(files, target);
      refuseAttributes(wanted);
      for (var each : dirty) {
        switch (each.kind()) {
          case NEW -> wanted.putIfAbsent(new GitPath(each.path()), CheckoutEntry.GONE);
          case CHANGED, GONE -> {
            var entry = each.entry().orElseThrow();
            wanted.putIfAbsent(
                new GitPath(each.path()), CheckoutEntry.of(entry.mode(), entry.id()));
          }
          case REPOSITORY, SAME_CONTENT -> {}
        }
      }
      lock.write(apply(files, wanted, seconds));
      return wanted.keySet().stream().anyMatch(path -> Arrays.equals(path.name(), IGNORES));
    } catch (FileAlreadyExistsException e) {
      throw new UnsupportedException("a folder of ignored files in the way: " + e.getFile());
    }
  }

  /// Between the index and the target. Of conflicts, nothing in the index counts.
  private Map<GitPath, CheckoutEntry> differences(WorktreeIndex files, ObjectId target)
      throws IOException, UnsupportedException {
    var from = files.writeTree(withoutConflicts(files.index()));
    var wanted = new HashMap<GitPath, CheckoutEntry>();
    try (var walk = new TreeWalk(repository.store().jgit())) {
      walk.addTree(from);
      walk.addTree(target);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        if (walk.getRawMode(1) == IndexEntry.REPOSITORY
            || UnsafeNames.isSuspect(new GitPath(walk.getRawPath()).name())) {
          throw new UnsupportedException("submodules or odd names");
        }
        wanted.put(
            new GitPath(walk.getRawPath()),
            CheckoutEntry.of(walk.getRawMode(1), walk.getObjectId(1)));
      }
    }
    addConflicts(files.index(), target, wanted);
    return wanted;
  }

  private static Index withoutConflicts(Index index) {
    var clean = index.entries().stream().filter(entry -> !entry.isUnmerged()).toList();
    return clean.size() == index.entries().size()
        ? index
        : new Index(clean, CacheTree.unknown(new byte[0]), 0);
  }

  private void addConflicts(Index index, ObjectId target, Map<GitPath, CheckoutEntry> wanted)
      throws IOException {
    for (var entry : index.entries()) {
      if (entry.isUnmerged() && !wanted.containsKey(new GitPath(entry.path()))) {
        try (var walk = TreeWalk.forPath(repository.store().jgit(), entry.text(), target)) {
          var there =
              walk == null
                  ? CheckoutEntry.GONE
                  : CheckoutEntry.of(walk.getRawMode(0), walk.getObjectId(0));
          wanted.put(new GitPath(entry.path()), there);
        }
      }
    }
  }

  /// Other attributes would change files that do not differ.
  private static void refuseAttributes(Map<GitPath, CheckoutEntry> wanted)
      throws UnsupportedException {
    for (var path : wanted.keySet()) {
      if (Arrays.equals(path.name(), ATTRIBUTES)) {
        throw new UnsupportedException("other attributes");
      }
    }
  }

  private Index apply(WorktreeIndex files, Map<GitPath, CheckoutEntry> wanted, long seconds)
      throws IOException, UnsupportedException {
    var paths = new ArrayList<>(wanted.keySet());
    paths.sort(null);
    var written = new ArrayList<IndexEntry>();
    try (var folders = new FolderPath(files.top(), files.attributes())) {
      for (var path : paths.reversed()) {
        delete(path.bytes(), folders);
      }
    }
    try (var folders = new FolderPath(files.top(), files.attributes())) {
      for (var path : paths) {
        var shall = wanted.getOrDefault(path, CheckoutEntry.GONE);
        if (!shall.isGone()) {
          written.add(write(path.bytes(), shall, folders, seconds));
        }
      }
    }
    return index(files, wanted.keySet(), written);
  }

  /// The file, and the folders that it leaves empty.
  private static void delete(byte[] path, FolderPath folders)
      throws IOException, UnsupportedException {
    var at = folders.find(path);
    if (at.isEmpty() || !at.get().folder().tryDelete(at.get().name())) {
      return;
    }
    var end = path.length;
    while ((end = lastSlash(path, end)) > 0) {
      var folder = Arrays.copyOf(path, end);
      var in = folders.find(folder);
      if (in.isEmpty() || !in.get().folder().tryDeleteFolder(in.get().name())) {
        return;
      }
    }
  }

  private static int lastSlash(byte[] path, int before) {
    for (var i = before - 1; i > 0; i--) {
      if (path[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  private IndexEntry write(byte[] path, CheckoutEntry shall, FolderPath folders, long seconds)
      throws IOException, UnsupportedException {
    var at = folders.make(path);
    var folder = at.folder();
    var blob = repository.store().jgit().open(shall.id(), Constants.OBJ_BLOB);
    var conversion = at.attributes().conversion(path);
    var state = new SmudgeFilter(seconds).write(shall, blob, folder, at.name(), conversion);
    return new IndexEntry(path, shall.mode(), shall.id(), IndexStat.of(state));
  }

  private static Index index(WorktreeIndex files, Set<GitPath> changed, List<IndexEntry> written)
      throws IOException {
    var entries = new ArrayList<IndexEntry>();
    for (var entry : files.index().entries()) {
      if (!changed.contains(new GitPath(entry.path()))) {
        entries.add(entry);
      }
    }
    entries.addAll(written);
    entries.sort(null);
    var tree = files.index().tree();
    changed.forEach(path -> tree.forget(path.bytes()));
    var index = new Index(entries, tree, 0);
    files.writeTree(index);
    return index;
  }
}
