package adw.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.FS;

/// Reads a `GitMoment`.
final class Moments {
  private static final String STASH = "refs/stash";

  private final Repository repository;

  Moments(Repository repository) {
    this.repository = repository;
  }

  GitMoment read(Path file) throws IOException {
    var parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      return GitMoment.NONE;
    }
    var place = Location.find(parent.toRealPath());
    if (place.isEmpty() || place.get().workTree().isEmpty()) {
      return GitMoment.NONE;
    }
    var real = parent.toRealPath().resolve(file.getFileName());
    var path = place.get().workTree().get().toRealPath().relativize(real).toString();
    return read(place.get(), path);
  }

  private GitMoment read(Location place, String path) throws IOException {
    var blobs = new LinkedHashSet<String>();
    var commit = place.commit();
    if (commit.isPresent()) {
      addBlob(ObjectId.fromString(commit.get()), path, blobs);
    }
    var entry = readEntry(place, path, blobs);
    addStashes(path, blobs);
    return new GitMoment(place.branch(), commit, entry, Worktree.doing(place.gitDir()), blobs);
  }

  private void addBlob(ObjectId commit, String path, Set<String> blobs) throws IOException {
    try (var walk =
        TreeWalk.forPath(repository.store().jgit(), path, repository.store().readTree(commit))) {
      if (walk != null) {
        blobs.add(walk.getObjectId(0).name());
      }
    }
  }

  private static String readEntry(Location place, String path, Set<String> blobs)
      throws IOException {
    var index = place.gitDir().resolve("index");
    if (!Files.exists(index)) {
      return "";
    }
    var cache = DirCache.read(index.toFile(), FS.DETECTED);
    var found = new StringBuilder();
    for (var i = Math.max(0, cache.findEntry(path)); i < cache.getEntryCount(); i++) {
      var entry = cache.getEntry(i);
      if (!entry.getPathString().equals(path)) {
        break;
      }
      blobs.add(entry.getObjectId().name());
      found
          .append(entry.getRawMode())
          .append(' ')
          .append(entry.getObjectId().name())
          .append(' ')
          .append(entry.getStage())
          .append('\n');
    }
    return found.toString();
  }

  /// Each stash: the files, the index and the new files at that time.
  private void addStashes(String path, Set<String> blobs) throws IOException {
    var log = repository.store().jgit().getRefDatabase().getReflogReader(STASH);
    if (log == null) {
      return;
    }
    for (var entry : log.getReverseEntries()) {
      var stash = repository.store().readCommit(entry.getNewId());
      addBlob(stash, path, blobs);
      for (var parent : stash.getParents()) {
        addBlob(parent, path, blobs);
      }
    }
  }
}
