package adw.git;

import adw.git.config.GitException;
import adw.git.config.RepositoryPaths;
import adw.git.config.WorktreeAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The folder of a worktree and the branch that it was given: what git has registered of it, and
/// where its HEAD is now.
final class WorktreeFolder {
  /// What git leaves in a worktree's own directory while it is in the middle of something.
  private static final Map<String, String> MARKS =
      Map.of(
          "rebase-merge", "rebase",
          "rebase-apply", "rebase",
          "MERGE_HEAD", "merge",
          "CHERRY_PICK_HEAD", "cherry-pick",
          "REVERT_HEAD", "revert",
          "BISECT_LOG", "bisect");

  private final RepositoryParts repository;
  private final Path folder;
  private final String branch;

  WorktreeFolder(RepositoryParts repository, Path folder, String branch) {
    this.repository = repository;
    this.folder = folder.toAbsolutePath().normalize();
    this.branch = branch;
  }

  Path folder() {
    return folder;
  }

  String branch() {
    return branch;
  }

  String ref() {
    return "refs/heads/" + branch;
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
  boolean isFinished() throws IOException {
    var registration = registration();
    return registration.isPresent()
        && registration.get().isWhole()
        && !StaleWorktrees.isUnfinished(registration.get());
  }

  /// Whether its making has begun and not ended, whoever makes it.
  boolean isBeingMade() throws IOException {
    var registration = registration();
    return registration.isPresent() && StaleWorktrees.isUnfinished(registration.get());
  }

  Head head() throws IOException {
    // What its own .git leads to, and what leads back to it, is whole.
    var linked = WorktreeAdmin.findLinked(repository.commonDir(), folder);
    var registration = registration();
    if (registration.isEmpty()) {
      return new Head.Missing(folder + " is no worktree of this repository any more");
    }
    if (linked.isEmpty() && !registration.get().isWhole()) {
      return new Head.Missing(
          Files.isDirectory(folder)
              ? folder + " has lost its .git (what else is in it stays there)"
              : folder + " is gone");
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
}
