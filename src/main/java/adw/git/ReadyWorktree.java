package adw.git;

import adw.git.config.UnsupportedException;
import adw.git.config.WorktreeAdmin;
import adw.git.content.CopiedFiles;
import adw.os.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// A worktree made ahead of its run, in the folder that the run will use: whole but for its branch.
/// Until a run gets it, it is locked as one in the making, so that whoever finds it after this
/// process has died may clear it away. Not for two threads at once.
public final class ReadyWorktree implements AutoCloseable {
  private final RepositoryParts repository;
  private final CreateStep steps;
  private final Worktree worktree;
  private final Path admin;
  private ObjectId commit;
  private String tree;
  private Optional<Sealed> sealed = Optional.empty();

  /// As it was left; a later time of its index says that git was at work in it.
  ///
  /// @param files where set-up has changed what git sees: as it is now
  private record Sealed(Optional<Index> files, FileTime index, PoolCheck check) {}

  /// What was made: the commit, and the tree of its files.
  record Content(String commit, String tree) {}

  private ReadyWorktree(
      RepositoryParts repository,
      CreateStep steps,
      Worktree worktree,
      Path admin,
      Content content) {
    this.repository = repository;
    this.steps = steps;
    this.worktree = worktree;
    this.admin = admin;
    this.commit = ObjectId.fromString(content.commit());
    this.tree = content.tree();
  }

  /// Empty where it turns out that git has to make it.
  static Optional<ReadyWorktree> make(
      RepositoryParts repository, CreateStep steps, Worktree worktree, ObjectId start)
      throws IOException, InterruptedException {
    try {
      var making = CreationSteps.ahead(repository, steps, worktree.folder(), start);
      var content = new Content(start.name(), "");
      return Optional.of(
          new ReadyWorktree(repository, steps, worktree, making.makeAhead(), content));
    } catch (UnsupportedException _) {
      return Optional.empty();
    }
  }

  /// Of one in whose making that process died there may be no more than an empty folder.
  static Optional<ReadyWorktree> find(
      RepositoryParts repository, CreateStep steps, Worktree worktree, Content content)
      throws IOException {
    var folder = worktree.folder();
    var registration = WorktreeAdmin.find(repository.commonDir(), folder);
    var usual = repository.commonDir().resolve("worktrees").resolve(WorktreeAdmin.name(folder));
    var admin = registration.map(WorktreeAdmin::admin).orElse(usual);
    return Files.exists(folder) || Files.exists(admin)
        ? Optional.of(new ReadyWorktree(repository, steps, worktree, admin, content))
        : Optional.empty();
  }

  public Path folder() {
    return worktree.folder();
  }

  public String commit() {
    return commit.name();
  }

  /// All files that git sees in it, as they were when it was sealed.
  public String tree() {
    return tree;
  }

  /// Copies what `.worktreeinclude` of that checkout names.
  public CopiedFiles copyIgnored(Path checkout) throws IOException {
    return CopiedFiles.of(checkout, folder(), worktree.copyIgnored(checkout));
  }

  /// What is in it now belongs to it; from here on each touch shows. False where that cannot be
  /// told.
  public boolean trySeal() throws IOException, InterruptedException {
    close();
    try (var files = WorktreeIndex.open(repository, worktree.onDisk().place())) {
      var found = files.scan();
      var index = found.isEmpty() ? files.index() : files.with(found);
      tree = found.isEmpty() ? treeOf(commit) : files.writeTree(index).name();
      var changed = found.isEmpty() ? Optional.<Index>empty() : Optional.of(index);
      sealed = Optional.of(new Sealed(changed, indexTime(), PoolCheck.of(folder(), index)));
      return true;
    } catch (UnsupportedException _) {
      return false;
    }
  }

  private String treeOf(ObjectId of) throws IOException {
    return repository.store().readTree(of).name();
  }

  private FileTime indexTime() throws IOException {
    return Files.getLastModifiedTime(admin.resolve("index"));
  }

  /// Whether no run has got it yet.
  public boolean isReady() throws IOException {
    return StaleWorktrees.isUnfinished(new WorktreeAdmin(admin));
  }

  /// Whether nobody has been at it since it was sealed.
  public boolean isUntouched() throws IOException, InterruptedException {
    return sealed.isPresent() && isStill(sealed.get());
  }

  private boolean isStill(Sealed seal) throws IOException, InterruptedException {
    var registration = new WorktreeAdmin(admin);
    try {
      return registration.isWhole()
          && registration.head().equals(Optional.of(commit.name()))
          && Files.exists(admin.resolve("index"))
          && indexTime().equals(seal.index)
          && seal.check.isStill(folder(), () -> files(seal));
    } catch (UnsupportedException _) {
      return false;
    }
  }

  private Index files(Sealed seal) throws IOException, UnsupportedException {
    return seal.files.isPresent() ? seal.files.get() : Index.read(admin.resolve("index"));
  }

  /// Whether there is anything in it but what was made ahead: a file that git sees, or a commit.
  public boolean holdsWork() throws IOException, InterruptedException {
    var registration = new WorktreeAdmin(admin);
    return registration.isWhole()
        && !(registration.head().equals(Optional.of(commit.name()))
            && worktree.snapshot().equals(tree));
  }

  /// Brings one that nobody has touched to another commit, by what differs; then it is to be sealed
  /// again. False if it can only be made anew: set-up has changed what git sees, or other
  /// attributes hold.
  public boolean tryMove(String to) throws IOException, InterruptedException {
    var target = ObjectId.fromString(to);
    if (target.equals(commit)) {
      return true;
    }
    if (sealed.flatMap(Sealed::files).isPresent()) {
      return false;
    }
    try {
      new WorktreeReset(repository, worktree.onDisk()).moveClean(target);
      Files.writeString(admin.resolve("HEAD"), target.name() + "\n");
      commit = target;
      tree = treeOf(target);
      return true;
    } catch (UnsupportedException _) {
      return false;
    }
  }

  /// Gives one that nobody has touched to a run, on a new branch at that commit. Empty, and nothing
  /// is changed, if there is such a branch, or cannot be one, or if it cannot be brought there.
  public Optional<CreateResult.Made> tryGive(String branch, String start)
      throws IOException, InterruptedException {
    var request = NewWorktree.fresh(folder(), branch, start);
    var planned = worktree.on(branch);
    var ref = planned.onDisk().ref();
    if (new StaleWorktrees(repository).refusalOfBranch(request).isPresent()
        || repository.store().findRef(ref).isPresent()
        || !tryMove(start)) {
      return Optional.empty();
    }
    var making = CreationSteps.of(repository, steps, request, planned.onDisk());
    making.adopt(admin);
    return Optional.of(new CreateResult.Made(planned, making.warning()));
  }

  /// Keeps what somebody has made in it under `refs/adw/<id>/`.
  public SavedWork save(String id) throws IOException, InterruptedException {
    return worktree.on(id).save(id, commit.name());
  }

  /// It is nobody's any more, and stays, with all that is in it.
  public void leave() throws IOException {
    close();
    Files.deleteIfExists(admin.resolve("locked"));
  }

  public void remove() throws IOException {
    close();
    FileTrees.delete(folder());
    FileTrees.delete(admin);
  }

  /// Whoever watches the folders of a worktree in use is told of each change there. Of many folders
  /// that takes longer than the rest of a claim.
  @Override
  public void close() {
    sealed.ifPresent(seal -> seal.check.close());
    sealed = Optional.empty();
  }
}
