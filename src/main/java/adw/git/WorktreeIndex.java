package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.GitConfig;
import adw.git.config.GitException;
import adw.git.config.RepositoryPaths;
import adw.git.config.UnsupportedException;
import adw.git.content.Attributes;
import adw.git.content.Ignores;
import adw.os.Directory;
import adw.os.FileStat;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/// The files of one worktree and its index, for one piece of work on them.
final class WorktreeIndex implements AutoCloseable {
  private static final byte[] DOT_GIT = ".git".getBytes(UTF_8);

  private final RepositoryParts repository;
  private final RepositoryPaths place;
  private final GitConfig config;
  private final Index index;
  private final Directory top;
  private final ObjectInserter inserter;
  private final CleanFilter contents;

  private WorktreeIndex(
      RepositoryParts repository,
      RepositoryPaths place,
      GitConfig config,
      Index index,
      Directory top) {
    this.repository = repository;
    this.place = place;
    this.config = config;
    this.index = index;
    this.top = top;
    this.inserter = new RetryingInserter(repository.store().jgit().newObjectInserter());
    this.contents = new CleanFilter(repository.store(), inserter);
  }

  static WorktreeIndex open(RepositoryParts repository, RepositoryPaths place)
      throws IOException, UnsupportedException {
    var index = Index.read(place.gitDir().resolve("index"));
    for (var entry : index.entries()) {
      if (entry.mode() == IndexEntry.REPOSITORY) {
        throw new UnsupportedException("submodules");
      }
    }
    var config = repository.config(place);
    var top = Directory.open(place.workTree().orElseThrow());
    return new WorktreeIndex(repository, place, config, index, top);
  }

  RepositoryPaths place() {
    return place;
  }

  GitConfig config() {
    return config;
  }

  Index index() {
    return index;
  }

  Directory top() {
    return top;
  }

  Attributes attributes() throws IOException, UnsupportedException {
    return Attributes.outer(place, config, repository.world());
  }

  ObjectId head() throws IOException {
    return findHead()
        .orElseThrow(
            () -> new GitException(place.workTree().orElseThrow() + ": its branch has no commit"));
  }

  /// None on a branch that has no commit yet.
  Optional<ObjectId> findHead() throws IOException {
    return place.commit().map(ObjectId::fromString);
  }

  List<StatusEntry> scan() throws IOException, InterruptedException, UnsupportedException {
    var files = Directory.open(place.workTree().orElseThrow());
    try (files) {
      var ignores = Ignores.outer(place, config, repository.world());
      var found = new StatusScan(index, contents).run(files, ignores, attributes());
      refuseRemoved();
      return found;
    }
  }

  /// One file or folder that vanishes while it is looked at is gone, and that is all. Of the whole
  /// worktree nobody means it as a change.
  private void refuseRemoved() throws IOException {
    if (top.find(DOT_GIT).isEmpty()) {
      throw new NoSuchFileException(place.workTree().orElseThrow().resolve(".git").toString());
    }
  }

  /// The tree that the index is; its objects are written.
  ObjectId writeTree(Index of) throws IOException {
    var tree = new TreeWriter(of.entries(), inserter).write(of.tree());
    inserter.flush();
    return tree;
  }

  ObjectId insert(CommitBuilder commit) throws IOException {
    var id = inserter.insert(commit);
    inserter.flush();
    return id;
  }

  /// The index with these paths as the files are now; their blobs are written.
  Index with(List<StatusEntry> found) throws IOException, UnsupportedException {
    var outer = attributes();
    var replaced = new HashMap<GitPath, IndexEntry>();
    var dropped = new HashSet<GitPath>();
    try (var folders = new FolderPath(top, outer)) {
      for (var each : found) {
        var path = new GitPath(each.path());
        switch (each.kind()) {
          case GONE -> dropped.add(path);
          case REPOSITORY -> {}
          case SAME_CONTENT -> replaced.put(path, refreshed(each));
          case NEW, CHANGED ->
              findAdded(each, folders)
                  .ifPresentOrElse(entry -> replaced.put(path, entry), () -> dropped.add(path));
        }
        if (each.isDifferent()) {
          index.tree().forget(each.path());
        }
      }
    }
    inserter.flush();
    return replaced(index, replaced, dropped);
  }

  private static IndexEntry refreshed(StatusEntry found) {
    return found.entry().orElseThrow().with(IndexStat.of(found.state().orElseThrow()));
  }

  /// Absent if it is gone by now.
  private Optional<IndexEntry> findAdded(StatusEntry found, FolderPath folders)
      throws IOException, UnsupportedException {
    try {
      return Optional.of(added(found, folders));
    } catch (NoSuchFileException _) {
      refuseRemoved();
      return Optional.empty();
    }
  }

  private IndexEntry added(StatusEntry found, FolderPath folders)
      throws IOException, UnsupportedException {
    var state = found.state().orElseThrow();
    var mode = mode(state);
    var known =
        found
            .entry()
            .filter(entry -> !entry.isUnmerged())
            .orElse(new IndexEntry(found.path(), mode, ObjectId.zeroId(), IndexStat.UNKNOWN));
    var at = folders.enter(found.path());
    var id = contents.insert(at.folder(), at.name(), state, known, at.attributes());
    return new IndexEntry(found.path(), mode, id, IndexStat.of(state));
  }

  private static int mode(FileStat state) {
    if (state.isLink()) {
      return IndexEntry.LINK;
    }
    return state.isExecutable() ? IndexEntry.EXECUTABLE : IndexEntry.FILE;
  }

  private static Index replaced(
      Index index, Map<GitPath, IndexEntry> replaced, Set<GitPath> dropped) {
    var entries = new ArrayList<IndexEntry>(index.entries().size() + replaced.size());
    for (var entry : index.entries()) {
      var path = new GitPath(entry.path());
      if (!replaced.containsKey(path) && !dropped.contains(path)) {
        entries.add(entry);
      }
    }
    entries.addAll(replaced.values());
    entries.sort(null);
    return new Index(entries, index.tree(), 0);
  }

  /// Paths that were staged though they must not be committed go back to what the commit has.
  Index withoutStaged(Index staged, Set<String> leftOut, ObjectId headTree) throws IOException {
    var replaced = new HashMap<GitPath, IndexEntry>();
    var dropped = new HashSet<GitPath>();
    if (leftOut.isEmpty()) {
      return staged;
    }
    for (var change : new Commits(repository.store()).changes(headTree, writeTree(staged))) {
      if (new Change(change.path(), Change.Kind.CHANGED).isLeftOut(leftOut)) {
        var path = Constants.encode(change.path());
        staged.tree().forget(path);
        change
            .oldBlob()
            .ifPresentOrElse(
                blob -> replaced.put(new GitPath(path), entry(path, change, blob)),
                () -> dropped.add(new GitPath(path)));
      }
    }
    return replaced(staged, replaced, dropped);
  }

  private static IndexEntry entry(byte[] path, TreeDifference change, String blob) {
    var mode = Integer.parseInt(change.oldMode(), 8);
    return new IndexEntry(path, mode, ObjectId.fromString(blob), IndexStat.UNKNOWN);
  }

  @Override
  public void close() throws IOException {
    inserter.close();
    top.close();
  }
}
