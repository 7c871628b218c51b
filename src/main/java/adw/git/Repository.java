package adw.git;

import adw.git.config.BaseSettings;
import adw.git.config.GitEnvironment;
import adw.git.config.GitPerson;
import adw.git.config.Hooks;
import adw.git.config.RepositoryPaths;
import adw.os.process.ProgramEnclosure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// One repository with all its worktrees, opened from any folder inside.
public final class Repository implements AutoCloseable {
  private final RepositoryParts parts;
  private final Optional<String> startBranch;
  private final CreateStep steps;
  private final WorktreeBackends backends;
  private final FileGitStates moments;

  private Repository(RepositoryParts parts, CreateStep steps) throws IOException {
    this.parts = parts;
    this.startBranch = parts.place().branch();
    this.steps = steps;
    this.backends = new WorktreeBackends(parts, steps);
    this.moments = new FileGitStates(parts);
  }

  /// The directory that all worktrees of a repository share; cheap, without JGit.
  public static Optional<Path> findCommonDir(Path folder) throws IOException {
    return RepositoryPaths.find(folder).map(RepositoryPaths::commonDir);
  }

  public static Repository open(Path folder, GitEnvironment world) throws IOException {
    return open(folder, world, _ -> {});
  }

  static Repository open(Path folder, GitEnvironment world, CreateStep steps) throws IOException {
    return new Repository(RepositoryParts.open(folder, world), steps);
  }

  public Path commonDir() {
    return parts.commonDir();
  }

  /// The top folder of the worktree it was opened in; a bare repository's own folder.
  public Path folder() {
    return parts.folder();
  }

  public RepositoryPaths place() {
    return parts.place();
  }

  /// The branch that was checked out when this repository was opened.
  public Optional<String> startBranch() {
    return startBranch;
  }

  public BaseBranch findBase(BaseSettings settings) throws IOException, InterruptedException {
    return new BaseBranchFinder(parts, startBranch, settings).find();
  }

  /// Whether finding the base now would ask the remote, which may take a while.
  public boolean isFetchDue(BaseSettings settings) throws IOException {
    return new BaseBranchFinder(parts, startBranch, settings).isFetchDue();
  }

  RepositoryParts parts() {
    return parts;
  }

  // Worktrees

  public CreateResult create(NewWorktree request) throws IOException, InterruptedException {
    return new WorktreeCreation(parts, backends).create(request);
  }

  /// Removes what is left of this worktree, if it was never finished and its maker has died.
  public void clearUnfinished(NewWorktree request) throws IOException, InterruptedException {
    new StaleWorktrees(parts).clear(request);
  }

  /// The worktree in this folder, to go on with it; its branch is the one its run was given.
  public Worktree worktree(Path folder, String branch) {
    return new Worktree(parts, backends, new WorktreeFolder(parts, folder, branch));
  }

  /// Ties a worktree anew that was moved together with this repository; false: it is none.
  public boolean tryFollow(Path folder) throws IOException {
    var moved = MovedWorktree.find(commonDir(), folder);
    if (moved.isPresent()) {
      moved.get().tie();
    }
    return moved.isPresent();
  }

  /// The folders of the linked worktrees that have this branch checked out.
  public List<Path> worktreesOn(String branch) throws IOException {
    return parts.place().worktreesOn(branch);
  }

  /// How worktrees are made and committed here, and why: for `adw doctor`. All of the tree is
  /// looked through.
  public SupportedFeatures fitness() throws IOException {
    return SupportedFeatures.of(parts, parts.place())
        .and(SupportedFeatures.ofTree(parts, parts.place()));
  }

  /// A worktree for a run to come, in the folder that it will use; empty where git has to make it.
  public Optional<ReadyWorktree> makeReady(Path folder, String commit)
      throws IOException, InterruptedException {
    return SupportedFeatures.of(parts, parts.place()).isOwn()
        ? ReadyWorktree.make(parts, steps, worktree(folder, ""), ObjectId.fromString(commit))
        : Optional.empty();
  }

  /// One that a process had made ready which is dead now; empty if nothing of it is there.
  ///
  /// @param tree the files that it had then
  public Optional<ReadyWorktree> findReady(Path folder, String commit, String tree)
      throws IOException {
    return ReadyWorktree.find(
        parts, steps, worktree(folder, ""), new ReadyWorktree.Content(commit, tree));
  }

  /// Whether git calls a hook once a worktree is made.
  public boolean hasCheckoutHook() throws IOException {
    return Hooks.of(parts.place(), parts.config(), parts.world()).find("post-checkout").isPresent();
  }

  /// Whatever a worktree makes git start (hooks, filters, programs that its settings name) is
  /// started within these bounds.
  public void enclose(ProgramEnclosure bounds) {
    parts.enclose(bounds);
  }

  public boolean isEnclosed() {
    return parts.isEnclosed();
  }

  // Commits

  /// The commit that a branch, a tag or an id stands for.
  public Optional<String> findCommit(String name) throws IOException {
    return parts.store().findCommit(name).map(ObjectId::name);
  }

  public Optional<String> findBranch(String name) throws IOException {
    return parts.store().findRef("refs/heads/" + name).map(ObjectId::name);
  }

  /// The branches whose name begins so.
  public List<String> branches(String prefix) throws IOException {
    return parts.store().jgit().getRefDatabase().getRefsByPrefix("refs/heads/" + prefix).stream()
        .map(ref -> ref.getName().substring("refs/heads/".length()))
        .toList();
  }

  public boolean isAncestor(String old, String young) throws IOException {
    return new Commits(parts.store())
        .isAncestor(ObjectId.fromString(old), ObjectId.fromString(young));
  }

  /// At least 7 digits, and as many as it takes to be unique.
  public String abbreviate(String commit) throws IOException {
    return new Commits(parts.store()).abbreviate(ObjectId.fromString(commit));
  }

  /// In what the trees of two commits, or two trees, differ.
  public List<TreeDifference> changes(String from, String to) throws IOException {
    return new Commits(parts.store()).changes(ObjectId.fromString(from), ObjectId.fromString(to));
  }

  /// Repositories that came into the tree between two commits and that `.gitmodules` does not name:
  /// nobody else could get them.
  public List<String> unnamedRepositories(String from, String to) throws IOException {
    return new GitlinkCheck(parts.store())
        .unnamed(ObjectId.fromString(from), ObjectId.fromString(to));
  }

  public String tree(String commit) throws IOException {
    return parts.store().readTree(ObjectId.fromString(commit)).name();
  }

  public String message(String commit) throws IOException {
    return parts.store().readCommit(ObjectId.fromString(commit)).getFullMessage();
  }

  /// One merge commit of all these, in this order; made in memory, on no branch.
  public MergeResult merge(List<String> commits, String message)
      throws IOException, InterruptedException {
    var ids = commits.stream().map(ObjectId::fromString).toList();
    return new CommitMerge(parts).merge(ids, message);
  }

  // Kept work

  public List<SavedWorkRef> keptWork() throws IOException {
    return parts.kept().all();
  }

  /// Keeps a commit under `refs/adw/<id>/tip`, the next free number; the name it got.
  public String keep(String id, String commit) throws IOException, InterruptedException {
    return parts.kept().keep(id, "tip", ObjectId.fromString(commit));
  }

  /// False if it is another commit by now.
  public boolean tryDrop(SavedWorkRef kept) throws IOException, InterruptedException {
    return parts.kept().tryDrop(kept);
  }

  /// Makes a branch; false if there is one of that name, or one that it cannot stand beside.
  public boolean tryCreateBranch(String name, String commit)
      throws IOException, InterruptedException {
    var ref = "refs/heads/" + name;
    return parts.refs().findClash(ref).isEmpty()
        && parts
            .refs()
            .tryCreate(ref, ObjectId.fromString(commit), "branch: Created from " + commit);
  }

  /// Deletes a branch; false if it is at another commit by now.
  public boolean tryDeleteBranch(String name, String commit)
      throws IOException, InterruptedException {
    return parts.refs().tryDelete("refs/heads/" + name, ObjectId.fromString(commit));
  }

  /// Who writes commits here, `Ann <ann@example.org>`; none if git finds no name, so that commits
  /// are by "adw".
  public Optional<String> findAuthor() throws IOException {
    return parts.config().findAuthor().map(GitPerson::words);
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
    return new StaleLocks(parts.commonDir()).remove(worktree.onDisk());
  }

  @Override
  public void close() {
    parts.close();
  }
}
