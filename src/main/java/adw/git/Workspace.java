package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.os.Directory;
import adw.os.PosixState;
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
final class Workspace implements AutoCloseable {
  private static final byte[] DOT_GIT = ".git".getBytes(UTF_8);

  private final Repository repository;
  private final Location place;
  private final Config config;
  private final Index index;
  private final Directory top;
  private final ObjectInserter inserter;
  private final Contents contents;

  private Workspace(
      Repository repository, Location place, Config config, Index index, Directory top) {
    this.repository = repository;
    this.place = place;
    this.config = config;
    this.index = index;
    this.top = top;
    this.inserter = new SteadyInserter(repository.store().jgit().newObjectInserter());
    this.contents = new Contents(repository.store(), inserter);
  }

  static Workspace open(Repository repository, Location place) throws IOException, UnfitException {
    var index = Index.read(place.gitDir().resolve("index"));
    for (var entry : index.entries()) {
      if (entry.mode() == IndexEntry.REPOSITORY) {
        throw new UnfitException("submodules");
      }
    }
    var config = repository.config(place);
    var top = Directory.open(place.workTree().orElseThrow());
    return new Workspace(repository, place, config, index, top);
  }

  Location place() {
    return place;
  }

  Config config() {
    return config;
  }

  Index index() {
    return index;
  }

  Directory top() {
    return top;
  }

  Attributes attributes() throws IOException, UnfitException {
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

  List<Found> scan() throws IOException, InterruptedException, UnfitException {
    var files = Directory.open(place.workTree().orElseThrow());
    try (files) {
      var ignores = Ignores.outer(place, config, repository.world());
      var found = new Scan(index, contents).run(files, ignores, attributes());
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
  Index with(List<Found> found) throws IOException, UnfitException {
    var outer = attributes();
    var replaced = new HashMap<RawPath, IndexEntry>();
    var dropped = new HashSet<RawPath>();
    try (var folders = new OpenFolders(top, outer)) {
      for (var each : found) {
        var path = new RawPath(each.path());
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

  private static IndexEntry refreshed(Found found) {
    return found.entry().orElseThrow().with(IndexStat.of(found.state().orElseThrow()));
  }

  /// Absent if it is gone by now.
  private Optional<IndexEntry> findAdded(Found found, OpenFolders folders)
      throws IOException, UnfitException {
    try {
      return Optional.of(added(found, folders));
    } catch (NoSuchFileException _) {
      refuseRemoved();
      return Optional.empty();
    }
  }

  private IndexEntry added(Found found, OpenFolders folders) throws IOException, UnfitException {
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

  private static int mode(PosixState state) {
    if (state.isLink()) {
      return IndexEntry.LINK;
    }
    return state.isExecutable() ? IndexEntry.EXECUTABLE : IndexEntry.FILE;
  }

  private static Index replaced(
      Index index, Map<RawPath, IndexEntry> replaced, Set<RawPath> dropped) {
    var entries = new ArrayList<IndexEntry>(index.entries().size() + replaced.size());
    for (var entry : index.entries()) {
      var path = new RawPath(entry.path());
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
    var replaced = new HashMap<RawPath, IndexEntry>();
    var dropped = new HashSet<RawPath>();
    if (leftOut.isEmpty()) {
      return staged;
    }
    for (var change : new History(repository.store()).changes(headTree, writeTree(staged))) {
      if (new Change(change.path(), Change.Kind.CHANGED).isLeftOut(leftOut)) {
        var path = Constants.encode(change.path());
        staged.tree().forget(path);
        change
            .oldBlob()
            .ifPresentOrElse(
                blob -> replaced.put(new RawPath(path), entry(path, change, blob)),
                () -> dropped.add(new RawPath(path)));
      }
    }
    return replaced(staged, replaced, dropped);
  }

  private static IndexEntry entry(byte[] path, Difference change, String blob) {
    var mode = Integer.parseInt(change.oldMode(), 8);
    return new IndexEntry(path, mode, ObjectId.fromString(blob), IndexStat.UNKNOWN);
  }

  @Override
  public void close() throws IOException {
    inserter.close();
    top.close();
  }
}
