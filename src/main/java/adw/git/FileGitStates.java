package adw.git;

import adw.git.config.RepositoryPaths;
import adw.git.config.UnsupportedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Reads `FileGitState`s, tick after tick: the index is parsed only when it has changed.
final class FileGitStates {
  private static final String STASH = "refs/stash";

  private final RepositoryParts repository;
  private final Map<Path, Entry> entries = new ConcurrentHashMap<>();

  /// The lines of one file in an index, and by what a change of that index is seen.
  private record Entry(String state, String path, String lines) {}

  /// A file of a worktree, by its path from the top.
  private record Spot(RepositoryPaths place, String path) {
    static Optional<Spot> find(Path file) throws IOException {
      var parent = file.toAbsolutePath().getParent();
      if (parent == null) {
        return Optional.empty();
      }
      var folder = parent.toRealPath();
      var place = RepositoryPaths.find(folder);
      if (place.isEmpty() || place.get().workTree().isEmpty()) {
        return Optional.empty();
      }
      var top = place.get().workTree().get(); // a parent of a real path
      var path = top.relativize(folder.resolve(file.getFileName())).toString();
      return Optional.of(new Spot(place.get(), path));
    }
  }

  FileGitStates(RepositoryParts repository) {
    this.repository = repository;
  }

  FileGitState read(Path file) throws IOException {
    var found = Spot.find(file);
    if (found.isEmpty()) {
      return FileGitState.NONE;
    }
    var place = found.get().place();
    var lines = readEntry(place, found.get().path());
    return new FileGitState(
        place.branch(), place.commit(), lines, WorktreeFolder.doing(place.gitDir()));
  }

  boolean isTracked(Path file) throws IOException {
    var found = Spot.find(file);
    return found.isPresent() && !readEntry(found.get().place(), found.get().path()).isEmpty();
  }

  /// These are the bytes that HEAD, the index or a stash holds for the file.
  boolean holds(Path file, byte[] bytes) throws IOException {
    var found = Spot.find(file);
    var blobs = found.isPresent() ? blobs(found.get()) : Set.<String>of();
    if (blobs.isEmpty()) {
      return false;
    }
    try (var hash = new ObjectInserter.Formatter()) {
      return blobs.contains(hash.idFor(Constants.OBJ_BLOB, bytes).name())
          || blobs.contains(hash.idFor(Constants.OBJ_BLOB, withoutReturns(bytes)).name());
    }
  }

  /// As git stores a text file that is checked out with CRLF.
  private static byte[] withoutReturns(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length);
    for (var i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\r' || i + 1 == bytes.length || bytes[i + 1] != '\n') {
        out.write(bytes[i]);
      }
    }
    return out.toByteArray();
  }

  private Set<String> blobs(Spot spot) throws IOException {
    var blobs = new LinkedHashSet<String>();
    var commit = spot.place().commit();
    if (commit.isPresent()) {
      addBlob(ObjectId.fromString(commit.get()), spot.path(), blobs);
    }
    readEntry(spot.place(), spot.path()).lines().forEach(line -> blobs.add(line.split(" ")[1]));
    addStashes(spot.path(), blobs);
    return blobs;
  }

  private void addBlob(ObjectId commit, String path, Set<String> blobs) throws IOException {
    var tree = repository.store().readTree(commit);
    try (var walk = TreeWalk.forPath(repository.store().jgit(), path, tree)) {
      if (walk != null) {
        blobs.add(walk.getObjectId(0).name());
      }
    }
  }

  /// Lines of mode, blob and stage, as `git ls-files -s` has them.
  private String readEntry(RepositoryPaths place, String path) throws IOException {
    var index = place.gitDir().resolve("index");
    if (!Files.exists(index)) {
      return "";
    }
    var state = state(index);
    var known = entries.get(index);
    if (known == null || !known.state.equals(state) || !known.path.equals(path)) {
      known = new Entry(state, path, readLines(place, index, path));
      entries.put(index, known);
    }
    return known.lines;
  }

  private static String state(Path index) throws IOException {
    var state = Files.readAttributes(index, BasicFileAttributes.class);
    return state.lastModifiedTime() + " " + state.size() + " " + state.fileKey();
  }

  private String readLines(RepositoryPaths place, Path index, String path) throws IOException {
    try {
      var wanted = Constants.encode(path);
      var lines = new StringBuilder();
      for (var entry : Index.read(index).entries()) {
        if (Arrays.equals(entry.path(), wanted)) {
          var stage = (entry.flags() & IndexEntry.STAGE) >> 12;
          lines.append("%o %s %d\n".formatted(entry.mode(), entry.id().name(), stage));
        }
      }
      return lines.toString();
    } catch (UnsupportedException _) {
      return askGit(place.workTree().orElseThrow(), path);
    }
  }

  private String askGit(Path folder, String path) throws IOException {
    try {
      return new GitBackend(repository).readEntry(folder, path);
    } catch (InterruptedException e) {
      // For callers that look at git as at a file.
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking git for " + path);
    }
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
