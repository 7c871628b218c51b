package adw.git;

import adw.git.config.GitException;
import adw.git.config.RepositoryPaths;
import adw.git.config.WorktreeAdmin;
import adw.git.content.WorktreeInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/// A folder with the files of one branch, where a run works. How it is made and committed, by
/// ourselves or by the `git` program, is not its user's concern.
public final class Worktree {
  /// What git leaves in a worktree's own directory while it is in the middle of something.
  private static final Map<String, String> MARKS =
      Map.of(
          "rebase-merge", "rebase",
          "rebase-apply", "rebase",
          "MERGE_HEAD", "merge",
          "CHERRY_PICK_HEAD", "cherry-pick",
          "REVERT_HEAD", "revert",
          "BISECT_LOG", "bisect");

  private static final int NAMED = 3;

  private final Repository repository;
  private final Path folder;
  private final String branch;

  Worktree(Repository repository, Path folder, String branch) {
    this.repository = repository;
    this.folder = folder;
    this.branch = branch;
  }

  public Path folder() {
    return folder;
  }

  public String branch() {
    return branch;
  }

  String ref() {
    return "refs/heads/" + branch;
  }

  Repository repository() {
    return repository;
  }

  /// Its directory below `.git/worktrees`.
  Path admin() throws IOException {
    return registration()
        .map(WorktreeAdmin::admin)
        .orElseThrow(() -> new GitException(folder + ": no worktree of this repository"));
  }

  Optional<WorktreeAdmin> registration() throws IOException {
    var found = WorktreeAdmin.find(repository.commonDir(), folder);
    return found.isPresent() ? Optional.of(repository.trusted(found.get())) : found;
  }

  RepositoryPaths place() throws IOException {
    return new RepositoryPaths(admin(), repository.commonDir(), Optional.of(folder));
  }

  /// Whether all of it was made: a worktree that is still being made has a HEAD, but not its files.
  public boolean isFinished() throws IOException {
    var registration = registration();
    return registration.isPresent()
        && registration.get().isWhole()
        && !StaleWorktrees.isUnfinished(registration.get());
  }

  /// Whether its making has begun and not ended, whoever makes it.
  public boolean isBeingMade() throws IOException {
    var registration = registration();
    return registration.isPresent() && StaleWorktrees.isUnfinished(registration.get());
  }

  public Head head() throws IOException {
    // What its own .git leads to, and what leads back to it, is whole.
    var linked = WorktreeAdmin.findLinked(repository.commonDir(), folder);
    var registration = registration();
    if (registration.isEmpty()) {
      return new Head.Missing(folder + " is no worktree of this repository any more");
    }
    if (linked.isEmpty() && !registration.get().isWhole()) {
      return new Head.Missing(folder + " is gone, or its .git is");
    }
    var doing = doing(registration.get().admin());
    return doing.isPresent() ? new Head.Busy(doing.get()) : head(registration.get());
  }

  static Optional<String> doing(Path gitDir) {
    return MARKS.keySet().stream()
        .filter(name -> Files.exists(gitDir.resolve(name)))
        .sorted()
        .findFirst()
        .map(MARKS::get);
  }

  private Head head(WorktreeAdmin registration) throws IOException {
    var checkedOut = registration.branch();
    if (checkedOut.isEmpty()) {
      return new Head.Detached(registration.head().orElse(""));
    }
    var tip = repository.store().findRef("refs/heads/" + checkedOut.get());
    if (tip.isEmpty()) {
      return checkedOut.get().equals(branch)
          ? new Head.Missing("branch " + branch + " is gone")
          : new Head.Unborn(checkedOut.get());
    }
    return checkedOut.get().equals(branch)
        ? new Head.OnBranch(tip.get().name())
        : new Head.OtherBranch(checkedOut.get(), tip.get().name());
  }

  /// Everything that differs from the commit, except what is ignored or left out.
  public List<Change> status(Set<String> leftOut) throws IOException, InterruptedException {
    return way().status(this).stream().filter(change -> !change.isLeftOut(leftOut)).toList();
  }

  public List<Change> status() throws IOException, InterruptedException {
    return way().status(this);
  }

  /// As `git add -A && git commit`, hooks and all, until the status is clean.
  public CommitResult commitAll(CommitRequest request) throws IOException, InterruptedException {
    return new CleanCommit(this, request).commit();
  }

  CommitResult commitOnce(CommitRequest request) throws IOException, InterruptedException {
    return commit(request, WorktreeBackend.Hooks.CALLED);
  }

  /// As `commitAll`, but no hook may object: for work that is to be kept as it is.
  public CommitResult commitWithoutHooks(CommitRequest request)
      throws IOException, InterruptedException {
    return commit(request, WorktreeBackend.Hooks.SKIPPED);
  }

  private CommitResult commit(CommitRequest request, WorktreeBackend.Hooks hooks)
      throws IOException, InterruptedException {
    return switch (head()) {
      case Head.OnBranch _ -> way().commitAll(this, request, hooks);
      case Head.OtherBranch(var other, _) ->
          new CommitResult.HookFailed("HEAD is on branch " + other);
      case Head.Unborn(var other) ->
          new CommitResult.HookFailed("HEAD is on branch " + other + ", which has no commit");
      case Head.Detached(var tip) ->
          new CommitResult.HookFailed(
              "HEAD is at " + repository.abbreviate(tip) + ", on no branch");
      case Head.Busy(var doing) -> new CommitResult.HookFailed("in the middle of a " + doing);
      case Head.Missing(var why) -> new CommitResult.HookFailed(why);
    };
  }

  /// Keeps under `refs/adw/<id>/` what HEAD has beyond the branch's start, and the files that are
  /// not committed. Neither the worktree nor its index is touched.
  public SavedWork save(String id, String start) throws IOException, InterruptedException {
    return new WorktreeSave(repository, this).save(id, start);
  }

  /// Saves all that the run `id` left, also in submodules and in repositories that it made, and
  /// brings the worktree to a commit. Gives the refs and folders that keep it.
  public List<String> putAside(String id, String start, String to)
      throws IOException, InterruptedException {
    return new SetAsideWork(repository, this, id).putAside(start, to);
  }

  /// The tree of all files as they are now, committed or not, without ignored ones; the index
  /// stays.
  public String snapshot() throws IOException, InterruptedException {
    return way().writeFiles(this);
  }

  /// Copies the files that git ignores and that `.worktreeinclude` of that checkout matches, never
  /// over a file that is there; their paths.
  public List<String> copyIgnored(Path checkout) throws IOException {
    return isAnyCopied(checkout)
        ? new WorktreeInclude(checkout, folder).copy(repository.ignores())
        : List.of();
  }

  /// Whether there is anything to be copied from that checkout.
  public static boolean isAnyCopied(Path checkout) {
    return Files.isRegularFile(WorktreeInclude.list(checkout));
  }

  /// The branch at this commit and checked out, files as in it, new files gone (ignored ones stay),
  /// nothing in progress. What was there before is for the caller to save first.
  public void moveTo(String commit) throws IOException, InterruptedException {
    new WorktreeMove(repository, this).moveTo(ObjectId.fromString(commit));
  }

  /// Refuses while there is work that neither a commit nor `saved` holds. The branch stays.
  public RemoveResult remove(Optional<SavedWork> saved) throws IOException, InterruptedException {
    return new WorktreeRemoval(repository, this).remove(saved);
  }

  WorktreeBackend way() throws IOException {
    return repository.way(place());
  }

  static String names(List<Change> changes) {
    var more = changes.size() > NAMED ? " and " + (changes.size() - NAMED) + " more" : "";
    return changes.stream().limit(NAMED).map(Change::path).collect(Collectors.joining(", ")) + more;
  }
}
