package adw.git;

import adw.git.config.BaseSettings;
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
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// One repository with all its worktrees, opened from any folder inside.
public final class Repository implements AutoCloseable {
  private final RepositoryPaths place;
  private final GitEnvironment world;
  private final CreateStep steps;
  private final ObjectStore store;
  private final Optional<GitProgram> program;
  private final Optional<String> startBranch;
  private final WorktreePool ready;
  private final FileGitStates moments;
  private volatile @Nullable GitConfig config;
  private final Map<Path, GitConfig> ofWorktrees = new ConcurrentHashMap<>();
  private volatile Optional<ProgramEnclosure> enclosure = Optional.empty();

  private Repository(RepositoryPaths place, GitEnvironment world, CreateStep steps)
      throws IOException {
    this.place = place;
    this.world = world;
    this.steps = steps;
    this.program = GitProgram.find(world);
    RepositoryOwnership.check(place, git());
    this.config = refuseFormats(place, GitConfig.read(git(), place, world));
    this.store = ObjectStore.open(place, world);
    this.startBranch = place.branch();
    this.ready = new WorktreePool(this);
    this.moments = new FileGitStates(this);
  }

  /// The directory that all worktrees of a repository share; cheap, without JGit.
  public static Optional<Path> findCommonDir(Path folder) throws IOException {
    return RepositoryPaths.find(folder).map(RepositoryPaths::commonDir);
  }

  public static Repository open(Path folder, GitEnvironment world) throws IOException {
    return open(folder, world, _ -> {});
  }

  static Repository open(Path folder, GitEnvironment world, CreateStep steps) throws IOException {
    var place =
        RepositoryPaths.find(folder)
            .orElseThrow(
                () -> new GitException(folder + ": not in a git repository (cure: git init)"));
    return new Repository(place, world, steps);
  }

  /// What would be read as something else than it is.
  private static GitConfig refuseFormats(RepositoryPaths place, GitConfig config) {
    for (var format : Map.of("objectformat", "sha1", "refstorage", "files").entrySet()) {
      var setting = "extensions." + format.getKey();
      var found = config.find(setting).orElse(format.getValue());
      if (!found.equalsIgnoreCase(format.getValue())) {
        throw new GitException(
            "%s: adw cannot read a repository with %s = %s (cure: one with %s)"
                .formatted(place.commonDir(), setting, found, format.getValue()));
      }
    }
    return config;
  }

  public Path commonDir() {
    return place.commonDir();
  }

  /// The top folder of the worktree it was opened in; a bare repository's own folder.
  public Path folder() {
    return place.workTree().orElse(place.gitDir());
  }

  public RepositoryPaths place() {
    return place;
  }

  /// The branch that was checked out when this repository was opened.
  public Optional<String> startBranch() {
    return startBranch;
  }

  public BaseBranch findBase(BaseSettings settings) throws IOException, InterruptedException {
    return new BaseBranchFinder(this, settings).find();
  }

  /// Whether finding the base now would ask the remote, which may take a while.
  public boolean isFetchDue(BaseSettings settings) throws IOException {
    return new BaseBranchFinder(this, settings).isFetchDue();
  }

  // Worktrees

  public CreateResult create(NewWorktree request) throws IOException, InterruptedException {
    return new WorktreeCreation(this).create(request);
  }

  /// Removes what is left of this worktree, if it was never finished and its maker has died.
  public void clearUnfinished(NewWorktree request) throws IOException, InterruptedException {
    new StaleWorktrees(this).clear(request);
  }

  /// The worktree in this folder, to go on with it; its branch is the one its run was given.
  public Worktree worktree(Path folder, String branch) {
    return new Worktree(this, folder.toAbsolutePath().normalize(), branch);
  }

  /// The folders of the linked worktrees that have this branch checked out.
  public List<Path> worktreesOn(String branch) throws IOException {
    return place.worktreesOn(branch);
  }

  /// How worktrees are made and committed here, and why: for `adw doctor`. All of the tree is
  /// looked through.
  public SupportedFeatures fitness() throws IOException {
    return SupportedFeatures.of(this, place).and(SupportedFeatures.ofTree(this, place));
  }

  WorktreeBackend way(RepositoryPaths worktree) throws IOException {
    var fitness = SupportedFeatures.of(this, worktree);
    return fitness.isOwn() ? new JavaBackend(this) : programWay();
  }

  /// For what we do not do ourselves.
  GitBackend programWay() {
    return new GitBackend(this, git());
  }

  /// The worktrees made ahead; none unless it is told to.
  public WorktreePool ready() {
    return ready;
  }

  /// Whatever a worktree makes git start (hooks, filters, programs that its settings name) is
  /// started within these bounds.
  public void enclose(ProgramEnclosure bounds) {
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

  // Commits

  /// The commit that a branch, a tag or an id stands for.
  public Optional<String> findCommit(String name) throws IOException {
    return store.findCommit(name).map(ObjectId::name);
  }

  public Optional<String> findBranch(String name) throws IOException {
    return store.findRef("refs/heads/" + name).map(ObjectId::name);
  }

  /// The branches whose name begins so.
  public List<String> branches(String prefix) throws IOException {
    return store.jgit().getRefDatabase().getRefsByPrefix("refs/heads/" + prefix).stream()
        .map(ref -> ref.getName().substring("refs/heads/".length()))
        .toList();
  }

  public boolean isAncestor(String old, String young) throws IOException {
    return new Commits(store).isAncestor(ObjectId.fromString(old), ObjectId.fromString(young));
  }

  /// At least 7 digits, and as many as it takes to be unique.
  public String abbreviate(String commit) throws IOException {
    return new Commits(store).abbreviate(ObjectId.fromString(commit));
  }

  /// In what the trees of two commits, or two trees, differ.
  public List<TreeDifference> changes(String from, String to) throws IOException {
    return new Commits(store).changes(ObjectId.fromString(from), ObjectId.fromString(to));
  }

  /// Repositories that came into the tree between two commits and that `.gitmodules` does not name:
  /// nobody else could get them.
  public List<String> unnamedRepositories(String from, String to) throws IOException {
    return new GitlinkCheck(store).unnamed(ObjectId.fromString(from), ObjectId.fromString(to));
  }

  public String tree(String commit) throws IOException {
    return store.readTree(ObjectId.fromString(commit)).name();
  }

  public String message(String commit) throws IOException {
    return store.readCommit(ObjectId.fromString(commit)).getFullMessage();
  }

  /// One merge commit of all these, in this order; made in memory, on no branch.
  public MergeResult merge(List<String> commits, String message)
      throws IOException, InterruptedException {
    var ids = commits.stream().map(ObjectId::fromString).toList();
    return new CommitMerge(this).merge(ids, message);
  }

  /// The newest commit that says it came from this run.
  public Optional<String> findRun(String id) throws IOException {
    return new Commits(store).findRun(id).map(ObjectId::name);
  }

  // Kept work

  public List<SavedWorkRef> keptWork() throws IOException {
    return kept().all();
  }

  /// Keeps a commit under `refs/adw/<id>/tip`, the next free number; the name it got.
  public String keep(String id, String commit) throws IOException, InterruptedException {
    return kept().keep(id, "tip", ObjectId.fromString(commit));
  }

  /// False if it is another commit by now.
  public boolean tryDrop(SavedWorkRef kept) throws IOException, InterruptedException {
    return kept().tryDrop(kept);
  }

  /// Makes a branch; false if there is one of that name, or one that it cannot stand beside.
  public boolean tryCreateBranch(String name, String commit)
      throws IOException, InterruptedException {
    var ref = "refs/heads/" + name;
    return refs().findClash(ref).isEmpty()
        && refs().tryCreate(ref, ObjectId.fromString(commit), "branch: Created from " + commit);
  }

  /// Deletes a branch; false if it is at another commit by now.
  public boolean tryDeleteBranch(String name, String commit)
      throws IOException, InterruptedException {
    return refs().tryDelete("refs/heads/" + name, ObjectId.fromString(commit));
  }

  /// Who writes commits here, `Ann <ann@example.org>`; none if git finds no name, so that commits
  /// are by "adw".
  public Optional<String> findAuthor() throws IOException {
    return config().findAuthor().map(GitPerson::words);
  }

  // The task file and git

  /// What git knows of one file at this moment.
  public FileGitState moment(Path file) throws IOException {
    return moments.read(file);
  }

  /// Whether the index has it.
  public boolean isTracked(Path file) throws IOException {
    return moments.isTracked(file);
  }

  /// Whether these are the bytes that HEAD, the index or a stash holds for the file.
  public boolean holds(Path file, byte[] bytes) throws IOException {
    return moments.holds(file, bytes);
  }

  /// Removes `index.lock` of a worktree, and its ref's lock, unless a git works there.
  public List<Path> removeStaleLocks(Worktree worktree) throws IOException, InterruptedException {
    return new StaleLocks(this).remove(worktree);
  }

  /// Worktrees made ahead go with it.
  @Override
  public void close() throws IOException {
    try {
      ready.clear();
    } finally {
      store.close();
    }
  }

  // For this package

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
    return config(place);
  }

  /// As it holds in one worktree. Unless that may have settings of its own, all share one.
  GitConfig config(RepositoryPaths worktree) throws IOException {
    var known = config;
    if (known == null || !known.isCurrent()) {
      known = GitConfig.read(git(), place, world);
      config = known;
      ofWorktrees.clear();
    }
    return worktree.equals(place) || !known.isOfOneWorktree() ? known : ofWorktree(worktree);
  }

  private GitConfig ofWorktree(RepositoryPaths worktree) throws IOException {
    var known = ofWorktrees.get(worktree.gitDir());
    if (known == null || !known.isCurrent()) {
      known = GitConfig.read(git(), worktree, world);
      ofWorktrees.put(worktree.gitDir(), known);
    }
    return known;
  }

  /// In a folder of files: git may be told not to find a repository by the repository's own folder
  /// (`safe.bareRepository`).
  GitProgram.Call call(List<String> arguments) {
    var call = new GitProgram.Call(folder(), arguments);
    return place.workTree().isPresent() ? call : call.with("GIT_DIR", place.gitDir().toString());
  }

  private GitProgram git() {
    return program.orElseThrow(() -> new GitException("git is not on the PATH (cure: install it)"));
  }

  /// The lists of ignored files outside any tree.
  Ignores ignores() throws IOException {
    return Ignores.outer(place, config(), world);
  }

  CreateStep steps() {
    return steps;
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
}
