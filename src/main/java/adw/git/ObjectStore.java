package adw.git;

import adw.git.config.GitEnvironment;
import adw.git.config.RepositoryPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/// The objects of a repository, kept open. JGit sees the common directory alone: what belongs to
/// one worktree (HEAD, index, reflog of HEAD) it would look for in the wrong place.
final class ObjectStore implements AutoCloseable {
  private static final int MAX_TREES = 256;

  private final FileRepository jgit;

  /// The trees of commits that were asked for last: they never change, and each run starts from the
  /// same few.
  private final SequencedMap<ObjectId, ObjectId> trees = new LinkedHashMap<>();

  private ObjectStore(FileRepository jgit) {
    this.jgit = jgit;
  }

  static ObjectStore open(RepositoryPaths place, GitEnvironment world) throws IOException {
    IsolatedSystemReader.prepare();
    var fs = FS.DETECTED.newInstance();
    world.home().ifPresent(home -> fs.setUserHome(home.toFile()));
    var builder = new FileRepositoryBuilder();
    builder.setGitDir(place.commonDir().toFile()).setFS(fs).setBare().setMustExist(true);
    return new ObjectStore((FileRepository) builder.build());
  }

  FileRepository jgit() {
    return jgit;
  }

  ObjectReader reader() {
    return jgit.newObjectReader();
  }

  /// The commit that a name or an id stands for, tags followed.
  Optional<ObjectId> findCommit(String name) throws IOException {
    try {
      return Optional.ofNullable(jgit.resolve(name + "^{commit}")).map(ObjectId::copy);
    } catch (IncorrectObjectTypeException | MissingObjectException _) {
      return Optional.empty();
    }
  }

  /// A ref in a file of its own, which is the usual one, is read by us: JGit would look through
  /// `packed-refs` as well.
  Optional<ObjectId> findRef(String name) throws IOException {
    var loose = readLoose(name);
    if (loose.isPresent() || isNowhere(name)) {
      return loose;
    }
    return Optional.ofNullable(jgit.exactRef(name)).map(ref -> ref.getObjectId());
  }

  private Optional<ObjectId> readLoose(String name) throws IOException {
    var file = file(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(RepositoryPaths.firstLine(file))
          .filter(ObjectId::isId)
          .map(ObjectId::fromString);
    } catch (NoSuchFileException packedSince) {
      return Optional.empty();
    }
  }

  /// git writes the packed refs before it takes the file away, so they are looked for after it.
  private boolean isNowhere(String name) {
    return !Files.exists(file(name)) && !Files.exists(file("packed-refs"));
  }

  private Path file(String name) {
    return jgit.getDirectory().toPath().resolve(name);
  }

  RevCommit readCommit(ObjectId id) throws IOException {
    try (var walk = new RevWalk(jgit)) {
      return walk.parseCommit(id);
    }
  }

  ObjectId readTree(ObjectId commit) throws IOException {
    var known = findTree(commit);
    if (known.isPresent()) {
      return known.get();
    }
    var tree = readCommit(commit).getTree().copy();
    keepTree(commit, tree);
    return tree;
  }

  /// The tree of a commit that was asked for before.
  Optional<ObjectId> findTree(ObjectId commit) {
    synchronized (trees) {
      return Optional.ofNullable(trees.get(commit));
    }
  }

  void keepTree(ObjectId commit, ObjectId tree) {
    synchronized (trees) {
      if (trees.size() >= MAX_TREES) {
        trees.pollFirstEntry();
      }
      trees.put(commit.copy(), tree);
    }
  }

  byte[] readBlob(ObjectId id) throws IOException {
    return jgit.open(id, Constants.OBJ_BLOB).getBytes();
  }

  @Override
  public void close() {
    jgit.close();
  }
}
