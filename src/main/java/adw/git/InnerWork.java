package adw.git;

import adw.git.config.GitException;
import adw.git.config.GitProgram;
import adw.git.config.RepositoryPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.RefSpec;

/// What the repositories inside a worktree hold and nothing else does. Commits of a submodule are
/// fetched into the main worktree's one; anything else keeps the worktree from being removed.
final class InnerWork {
  private final RepositoryParts repository;
  private final Path folder;
  private final Path admin;

  InnerWork(RepositoryParts repository, Path folder, Path admin) {
    this.repository = repository;
    this.folder = folder;
    this.admin = admin;
  }

  /// Why not all is saved; empty if it is now.
  Optional<String> save() throws IOException, InterruptedException {
    for (var inner : repository.innerRepositories(folder, admin)) {
      var refusal = save(inner);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<String> save(InnerRepository inner) throws InterruptedException {
    try {
      return findUnsaved(inner);
    } catch (IOException | GitException e) {
      return Optional.of(
          "holds the repository %s, which cannot be looked into: %s (cure: move it away)"
              .formatted(inner.name(), e.getMessage()));
    }
  }

  private Optional<String> findUnsaved(InnerRepository inner)
      throws IOException, InterruptedException {
    if (!inner.isReadable()) {
      return Optional.of(
          "holds " + inner.name() + ", whose .git leads to no repository (cure: move it away)");
    }
    var changes = inner.findChanges(git(inner));
    if (changes.isPresent()) {
      return Optional.of(
          "holds the repository %s with changes that are saved nowhere: %s"
              .formatted(inner.name(), changes.get()));
    }
    var tips = inner.ownTips(repository.world(), folder, admin);
    return tips.isEmpty() || trySave(inner, tips)
        ? Optional.empty()
        : Optional.of(
            "holds the repository %s with commits that are saved nowhere else (cure: push them, or move it away)"
                .formatted(inner.name()));
  }

  private GitProgram git(InnerRepository inner) {
    return repository
        .program()
        .map(git -> git.within(repository.enclosure()))
        .orElseThrow(
            () -> new GitException("it takes the git program to look into " + inner.name()));
  }

  /// Where `git submodule update` of the main worktree finds them.
  private boolean trySave(InnerRepository inner, List<RevCommit> tips) throws IOException {
    var modules = admin.toRealPath().resolve("modules");
    if (!inner.gitDir().startsWith(modules)) {
      return false;
    }
    var main =
        repository.commonDir().resolve("modules").resolve(modules.relativize(inner.gitDir()));
    if (!RepositoryPaths.isGitDir(main)) {
      return false;
    }
    fetch(inner, main);
    return areIn(main, tips);
  }

  private void fetch(InnerRepository inner, Path main) throws IOException {
    try (var store =
        ObjectStore.open(RepositoryPaths.of(main, Optional.empty()), repository.world())) {
      var prefix = freePrefix(store);
      var specs = new ArrayList<>(List.of(new RefSpec("refs/*:" + prefix + "*")));
      if (inner.place().commit().isPresent()) {
        specs.add(new RefSpec("HEAD:" + prefix + "HEAD"));
      }
      inner.send(store, specs);
    }
  }

  /// Nothing that was kept before is overwritten.
  private String freePrefix(ObjectStore main) throws IOException {
    for (var number = 1; ; number++) {
      var prefix =
          SavedWorkRefs.PREFIX + admin.getFileName() + (number == 1 ? "" : "-" + number) + "/";
      if (main.jgit().getRefDatabase().getRefsByPrefix(prefix).isEmpty()) {
        return prefix;
      }
    }
  }

  private boolean areIn(Path main, List<RevCommit> tips) throws IOException {
    try (var store =
        ObjectStore.open(RepositoryPaths.of(main, Optional.empty()), repository.world())) {
      for (var tip : tips) {
        if (!store.jgit().getObjectDatabase().has(tip)) {
          return false;
        }
      }
      return true;
    }
  }

  /// Whether the folder of a worktree is there with anything in it.
  static boolean isAnythingIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Files.exists(folder);
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      return entries.iterator().hasNext();
    }
  }
}
