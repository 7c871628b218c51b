package adw.git;

import adw.git.config.GitConfig;
import adw.git.config.GitEnvironment;
import adw.git.config.GitException;
import adw.git.config.GitPerson;
import adw.git.config.GitProgram;
import adw.git.config.RepositoryOwnership;
import adw.git.config.RepositoryPaths;
import adw.git.config.WorktreeAdmin;
import adw.git.content.Ignores;
import adw.os.process.ProgramEnclosure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an open repository is made of, for all that works in it: where it lies, its objects, refs
/// and settings, and the bounds of what is started in its worktrees.
final class RepositoryParts implements AutoCloseable {
  private final RepositoryPaths place;
  private final GitEnvironment world;
  private final ObjectStore store;
  private final Optional<GitProgram> program;
  private final ConfigCache config;
  private volatile Optional<ProgramEnclosure> enclosure = Optional.empty();

  private RepositoryParts(RepositoryPaths place, GitEnvironment world) throws IOException {
    this.place = place;
    this.world = world;
    this.program = GitProgram.find(world);
    RepositoryOwnership.check(place, git());
    this.config = new ConfigCache(git(), place, world);
    refuseFormats(config.find(place));
    this.store = ObjectStore.open(place, world);
  }

  static RepositoryParts open(Path folder, GitEnvironment world) throws IOException {
    var place =
        RepositoryPaths.find(folder)
            .orElseThrow(
                () -> new GitException(folder + ": not in a git repository (cure: git init)"));
    return new RepositoryParts(place, world);
  }

  /// What would be read as something else than it is.
  private void refuseFormats(GitConfig found) {
    for (var format : Map.of("objectformat", "sha1", "refstorage", "files").entrySet()) {
      var setting = "extensions." + format.getKey();
      var value = found.find(setting).orElse(format.getValue());
      if (!value.equalsIgnoreCase(format.getValue())) {
        throw new GitException(
            "%s: adw cannot read a repository with %s = %s (cure: one with %s)"
                .formatted(place.commonDir(), setting, value, format.getValue()));
      }
    }
  }

  RepositoryPaths place() {
    return place;
  }

  Path commonDir() {
    return place.commonDir();
  }

  /// The top folder of the worktree it was opened in; a bare repository's own folder.
  Path folder() {
    return place.workTree().orElse(place.gitDir());
  }

  /// Whatever a worktree makes git start (hooks, filters, programs that its settings name) is
  /// started within these bounds.
  void enclose(ProgramEnclosure bounds) {
    enclosure = Optional.of(bounds);
  }

  boolean isEnclosed() {
    return enclosure.isPresent();
  }

  ProgramEnclosure enclosure() {
    return enclosure.orElse(ProgramEnclosure.open());
  }

  /// The worktree's own folder, with nothing in it that an agent's sandbox let it put there and we
  /// must not follow.
  WorktreeAdmin trusted(WorktreeAdmin registration) throws IOException {
    if (isEnclosed()) {
      StrangeFiles.remove(registration.admin());
    }
    return registration;
  }

  /// All inside a worktree; nothing that an agent made leads out of it.
  List<InnerRepository> innerRepositories(Path worktree, Path admin) throws IOException {
    var found = InnerRepositories.find(worktree, admin);
    if (!isEnclosed()) {
      return found;
    }
    var distrusted = new ArrayList<InnerRepository>();
    for (var inner : found) {
      distrusted.add(inner.distrusted(worktree, admin));
    }
    return distrusted;
  }

  GitEnvironment world() {
    return world;
  }

  ObjectStore store() {
    return store;
  }

  Optional<GitProgram> program() {
    return program;
  }

  GitConfig config() throws IOException {
    return config.find(place);
  }

  GitConfig config(RepositoryPaths worktree) throws IOException {
    return config.find(worktree);
  }

  /// In a folder of files: git may be told not to find a repository by the repository's own folder
  /// (`safe.bareRepository`).
  GitProgram.Call call(List<String> arguments) {
    var call = new GitProgram.Call(folder(), arguments);
    return place.workTree().isPresent() ? call : call.with("GIT_DIR", place.gitDir().toString());
  }

  GitProgram git() {
    return program.orElseThrow(() -> new GitException("git is not on the PATH (cure: install it)"));
  }

  /// For what is done in a worktree, in which an agent may have worked.
  GitProgram enclosedGit() {
    return git().within(enclosure());
  }

  /// The lists of ignored files outside any tree.
  Ignores ignores() throws IOException {
    return Ignores.outer(place, config(), world);
  }

  GitPerson author() throws IOException {
    return config().author();
  }

  GitPerson committer() throws IOException {
    return config().committer();
  }

  Refs refs() throws IOException {
    return refs(committer());
  }

  Refs refs(GitPerson committer) {
    return new Refs(store, committer, world);
  }

  SavedWorkRefs kept() throws IOException {
    return new SavedWorkRefs(store, refs());
  }

  /// The main worktree's branch, if there is a main worktree and it is on one.
  Optional<String> mainBranch() throws IOException {
    return config().isOn("core.bare", false) ? Optional.empty() : main().branch();
  }

  Path mainFolder() {
    var common = place.commonDir();
    return common.endsWith(".git") ? common.resolveSibling("").normalize() : common;
  }

  private RepositoryPaths main() {
    return new RepositoryPaths(place.commonDir(), place.commonDir(), Optional.empty());
  }

  @Override
  public void close() {
    store.close();
  }
}
