package adw.git;

import adw.git.content.WorktreeInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/// A folder with the files of one branch, where a run works. How it is made and committed, by
/// ourselves or by the `git` program, is not its user's concern.
public final class Worktree {
  private final RepositoryParts repository;
  private final WorktreeBackends backends;
  private final WorktreeFolder worktree;

  Worktree(RepositoryParts repository, WorktreeBackends backends, WorktreeFolder worktree) {
    this.repository = repository;
    this.backends = backends;
    this.worktree = worktree;
  }

  public Path folder() {
    return worktree.folder();
  }

  public String branch() {
    return worktree.branch();
  }

  /// The same folder, for one who is given that branch.
  Worktree on(String branch) {
    return new Worktree(repository, backends, new WorktreeFolder(repository, folder(), branch));
  }

  WorktreeFolder onDisk() {
    return worktree;
  }

  /// Whether all of it was made: a worktree that is still being made has a HEAD, but not its files.
  public boolean isFinished() throws IOException {
    return worktree.isFinished();
  }

  /// Whether its making has begun and not ended, whoever makes it.
  public boolean isBeingMade() throws IOException {
    return worktree.isBeingMade();
  }

  public Head head() throws IOException {
    return worktree.head();
  }

  /// Everything that differs from the commit, except what is ignored or left out.
  public List<Change> status(Set<String> leftOut) throws IOException, InterruptedException {
    return status().stream().filter(change -> !change.isLeftOut(leftOut)).toList();
  }

  public List<Change> status() throws IOException, InterruptedException {
    return way().status(worktree);
  }

  /// As `git add -A && git commit`, hooks and all, until the status is clean.
  public CommitResult commitAll(CommitRequest request) throws IOException, InterruptedException {
    return commit(request).commit();
  }

  /// As `commitAll`, but no hook may object: for work that is to be kept as it is.
  public CommitResult commitWithoutHooks(CommitRequest request)
      throws IOException, InterruptedException {
    return commit(request).commitOnce(WorktreeBackend.Hooks.SKIPPED);
  }

  private CleanCommit commit(CommitRequest request) {
    return new CleanCommit(repository, backends, worktree, request);
  }

  /// Keeps under `refs/adw/<id>/` what HEAD has beyond the branch's start, and the files that are
  /// not committed. Neither the worktree nor its index is touched.
  public SavedWork save(String id, String start) throws IOException, InterruptedException {
    return new WorktreeSave(repository, backends, worktree).save(id, start);
  }

  /// Saves all that the run `id` left, also in submodules and in repositories that it made, and
  /// brings the worktree to a commit. Gives the refs and folders that keep it.
  public List<String> putAside(String id, String start, String to)
      throws IOException, InterruptedException {
    return new SetAsideWork(repository, backends, worktree, id).putAside(start, to);
  }

  /// The tree of all files as they are now, committed or not, without ignored ones; the index
  /// stays.
  public String snapshot() throws IOException, InterruptedException {
    return way().writeFiles(worktree);
  }

  /// Copies the files that git ignores and that `.worktreeinclude` of that checkout matches, never
  /// over a file that is there; their paths.
  public List<String> copyIgnored(Path checkout) throws IOException {
    return isAnyCopied(checkout)
        ? new WorktreeInclude(checkout, folder()).copy(repository.ignores())
        : List.of();
  }

  /// Whether there is anything to be copied from that checkout.
  public static boolean isAnyCopied(Path checkout) {
    return Files.isRegularFile(WorktreeInclude.list(checkout));
  }

  /// The branch at this commit and checked out, files as in it, new files gone (ignored ones stay),
  /// nothing in progress. What was there before is for the caller to save first.
  public void moveTo(String commit) throws IOException, InterruptedException {
    new WorktreeMove(repository, backends, worktree).moveTo(ObjectId.fromString(commit));
  }

  /// Refuses while there is work that neither a commit nor `saved` holds. The branch stays.
  public RemoveResult remove(Optional<SavedWork> saved) throws IOException, InterruptedException {
    return new WorktreeRemoval(repository, backends, worktree).remove(saved);
  }

  private WorktreeBackend way() throws IOException {
    return backends.of(worktree);
  }
}
