package adw.git;

import adw.git.config.GitException;
import adw.git.config.GitProgram;
import adw.os.NewFolders;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Clears a worktree that the next run needs of what a run left in it: files and commits are kept
/// under `refs/adw/<id>/`, also those in submodules; a repository that somebody made in it goes to
/// `adw/kept/<id>/` as it is.
final class SetAsideWork {
  private final RepositoryParts repository;
  private final WorktreeBackends backends;
  private final WorktreeFolder worktree;
  private final String id;
  private final List<String> kept = new ArrayList<>();

  SetAsideWork(
      RepositoryParts repository, WorktreeBackends backends, WorktreeFolder worktree, String id) {
    this.repository = repository;
    this.backends = backends;
    this.worktree = worktree;
    this.id = id;
  }

  /// The worktree and its branch are at the commit `to` then. Gives the refs and folders that keep
  /// what was there.
  List<String> putAside(String start, String to) throws IOException, InterruptedException {
    if (worktree.place().commit().isEmpty()) {
      // A branch that is gone, or has no commit yet: the files are seen as changes to the start.
      Files.writeString(worktree.admin().resolve("HEAD"), start + "\n");
    }
    var saved = new WorktreeSave(repository, backends, worktree).save(id, start);
    saved.tipRef().ifPresent(kept::add);
    saved.filesRef().ifPresent(kept::add);
    putInnerAside(ObjectId.fromString(to));
    new WorktreeMove(repository, backends, worktree).moveTo(ObjectId.fromString(to));
    return List.copyOf(kept);
  }

  private void putInnerAside(ObjectId to) throws IOException, InterruptedException {
    var changes = backends.of(worktree).status(worktree).stream().map(Change::path).toList();
    Optional<InnerRepository> outer = Optional.empty();
    for (var inner : repository.innerRepositories(worktree.folder(), worktree.admin())) {
      var isInOther = outer.filter(one -> inner.name().startsWith(one.name() + "/")).isPresent();
      if (inner.files().isPresent() && !isInOther && isSeen(inner, changes, to)) {
        putAside(inner, to);
        outer = Optional.of(inner);
      }
    }
  }

  /// Whether git sees it from outside; one in a folder that is ignored stays where it is.
  private boolean isSeen(InnerRepository inner, List<String> changes, ObjectId to)
      throws IOException {
    return changes.contains(inner.name())
        || changes.contains(inner.name() + "/")
        || findWanted(inner, to).isPresent();
  }

  private void putAside(InnerRepository inner, ObjectId to)
      throws IOException, InterruptedException {
    if (!inner.isReadable()) {
      move(inner);
      return;
    }
    var git = repository.enclosedGit();
    if (inner.findChanges(git).isPresent()) {
      keepFiles(inner, git);
    }
    var wanted = findWanted(inner, to);
    if (wanted.isEmpty() || !tryCheckOut(inner, wanted.get(), git)) {
      move(inner);
    }
  }

  /// The commit that is recorded for it there.
  private Optional<ObjectId> findWanted(InnerRepository inner, ObjectId in) throws IOException {
    try (var walk =
        TreeWalk.forPath(
            repository.store().jgit(), inner.name(), repository.store().readTree(in))) {
      return walk != null && walk.getRawMode(0) == IndexEntry.REPOSITORY
          ? Optional.of(walk.getObjectId(0))
          : Optional.empty();
    }
  }

  private void keepFiles(InnerRepository inner, GitProgram git)
      throws IOException, InterruptedException {
    var commit = commitFiles(inner, git);
    var own = keepIn(inner, "files", commit, git);
    var ref = freeRef("inside/" + inner.name().replaceAll("[^A-Za-z0-9_/-]", "-"));
    inner.send(repository.store(), List.of(new RefSpec(own + ":" + ref)));
    kept.add(ref);
  }

  /// Without parents: what is fetched of it are the files alone.
  private String commitFiles(InnerRepository inner, GitProgram git)
      throws IOException, InterruptedException {
    var index = Files.createTempFile(inner.gitDir(), "adw-index", "");
    try {
      if (Files.isRegularFile(inner.gitDir().resolve("index"))) {
        Files.copy(inner.gitDir().resolve("index"), index, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.delete(index);
      }
      var variable = "GIT_INDEX_FILE";
      git.ask(inner.call("add", "-A").with(variable, index.toString()));
      var tree = git.ask(inner.call("write-tree").with(variable, index.toString())).strip();
      var person = repository.committer();
      var message = "files of %s in %s that were not committed\n".formatted(id, inner.name());
      var commit =
          inner
              .call("commit-tree", tree)
              .withInput(message)
              .with("GIT_AUTHOR_NAME", person.name())
              .with("GIT_AUTHOR_EMAIL", person.email())
              .with("GIT_COMMITTER_NAME", person.name())
              .with("GIT_COMMITTER_EMAIL", person.email());
      return git.ask(commit).strip();
    } finally {
      Files.deleteIfExists(index);
    }
  }

  private String freeRef(String kind) throws IOException {
    for (var number = 1; ; number++) {
      var name = SavedWorkRefs.PREFIX + id + "/" + kind + (number == 1 ? "" : "-" + number);
      if (repository.store().findRef(name).isEmpty()) {
        return name;
      }
    }
  }

  private String keepIn(InnerRepository inner, String kind, String commit, GitProgram git)
      throws IOException, InterruptedException {
    for (var number = 1; ; number++) {
      var name = SavedWorkRefs.PREFIX + id + "/" + kind + (number == 1 ? "" : "-" + number);
      var there = git.call(inner.call("rev-parse", "--verify", "--quiet", name));
      if (!there.isOk()) {
        git.ask(inner.call("update-ref", name, commit));
      }
      if (!there.isOk() || there.out().strip().equals(commit)) {
        return name;
      }
    }
  }

  /// As a submodule that was just updated; false if it does not have that commit.
  private boolean tryCheckOut(InnerRepository inner, ObjectId commit, GitProgram git)
      throws IOException, InterruptedException {
    if (!git.call(inner.call("cat-file", "-e", commit.name() + "^{commit}")).isOk()) {
      return false;
    }
    var head = git.call(inner.call("rev-parse", "--verify", "--quiet", "HEAD"));
    if (head.isOk() && !head.out().strip().equals(commit.name())) {
      keepIn(inner, "tip", head.out().strip(), git);
    }
    git.ask(inner.call("checkout", "--quiet", "--force", "--detach", commit.name()));
    git.ask(inner.call("clean", "--quiet", "-d", "--force"));
    return true;
  }

  private void move(InnerRepository inner) throws IOException {
    var files = inner.files().orElseThrow();
    var place = freePlace(inner.name());
    NewFolders.makeBelow(repository.commonDir(), place.resolveSibling(""));
    try {
      Files.move(files, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      throw new GitException(
          "%s is a repository that cannot be moved to %s (cure: move it away)"
              .formatted(files, place),
          e);
    }
    kept.add(place.toString());
  }

  private Path freePlace(String name) {
    for (var number = 1; ; number++) {
      var place =
          repository
              .commonDir()
              .resolve("adw")
              .resolve("kept")
              .resolve(id + (number == 1 ? "" : "-" + number))
              .resolve(name);
      if (!Files.exists(place)) {
        return place;
      }
    }
  }
}
