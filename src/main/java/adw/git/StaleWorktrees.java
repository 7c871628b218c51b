package adw.git;

import adw.git.config.BranchName;
import adw.git.config.WorktreeAdmin;
import adw.os.FileTrees;
import adw.os.process.Liveness;
import adw.os.process.ProcessIdentity;
import adw.os.process.RunningPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// What stands in the way of a new worktree: what is left of one that was never finished, or whose
/// folder is gone, is cleared; anything else is a refusal that says who can clear it.
final class StaleWorktrees {
  /// `locked` of a worktree that is being made, before the identity of its maker. git's own word.
  static final String INITIALIZING = "initializing";

  /// Ends the name of a file that gets its own once it is whole.
  static final String DRAFT = ".new";

  private static final Duration BEGINNING = Duration.ofMinutes(1);

  private final RepositoryParts repository;

  StaleWorktrees(RepositoryParts repository) {
    this.repository = repository;
  }

  /// Empty if the way is free now.
  Optional<String> clear(NewWorktree request) throws IOException, InterruptedException {
    for (var each : candidates(request)) {
      var refusal = clear(each, request);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return refusalOfFolder(request.folder());
  }

  /// Where neither the folder nor the branch exists, only what git would have named by that folder.
  private List<WorktreeAdmin> candidates(NewWorktree request) throws IOException {
    var all = WorktreeAdmin.all(repository.commonDir());
    if (Files.exists(request.folder())
        || repository.store().findRef("refs/heads/" + request.branch()).isPresent()) {
      return all;
    }
    var name = WorktreeAdmin.name(request.folder());
    return all.stream()
        .filter(each -> each.admin().getFileName().toString().startsWith(name))
        .toList();
  }

  private Optional<String> clear(WorktreeAdmin each, NewWorktree request)
      throws IOException, InterruptedException {
    if (each.folder().isEmpty()) {
      clearBeginning(each);
      return Optional.empty();
    }
    var here = each.isOf(request.folder());
    if (!here && !each.branch().equals(Optional.of(request.branch()))) {
      return Optional.empty();
    }
    if (isUnfinished(each)) {
      return clearUnfinished(each, here);
    }
    var lock = each.lockReason();
    if (each.isWhole() || (lock.isPresent() && Files.exists(each.admin().resolve("HEAD")))) {
      return Optional.of(
          here ? request.folder() + " is a worktree already" : elsewhere(each, request));
    }
    return forget(each);
  }

  /// One that is no worktree any more; not if its files are there all the same, or its submodules
  /// hold what is saved nowhere else.
  private Optional<String> forget(WorktreeAdmin each) throws IOException, InterruptedException {
    var folder = each.folder().orElseThrow();
    if (InnerWork.isAnythingIn(folder)) {
      return Optional.of(
          folder
              + " is a worktree whose .git does not lead here (cure: git worktree repair "
              + folder
              + ")");
    }
    var unsaved = new InnerWork(repository, folder, each.admin()).save();
    if (unsaved.isPresent()) {
      return Optional.of(each.admin() + " " + unsaved.get());
    }
    keepDetached(each);
    FileTrees.delete(each.admin());
    return Optional.empty();
  }

  private static String elsewhere(WorktreeAdmin each, NewWorktree request) throws IOException {
    return "branch %s is checked out in %s"
        .formatted(request.branch(), each.folder().map(Path::toString).orElse("another worktree"));
  }

  static boolean isUnfinished(WorktreeAdmin each) throws IOException {
    return each.lockReason().filter(reason -> reason.startsWith(INITIALIZING)).isPresent();
  }

  /// Nobody has worked in a worktree that was never finished: its files are those of a checkout.
  /// Another folder than the one that is asked for is only that of a worktree if it says so itself.
  private Optional<String> clearUnfinished(WorktreeAdmin each, boolean here) throws IOException {
    if (!isMakerDead(each)) {
      return Optional.of(
          each.folder().map(Path::toString).orElse("a worktree")
              + " is being made by another process");
    }
    var folder = each.folder();
    if (folder.isPresent() && (each.isWhole() || (here && isWithoutLink(folder.get())))) {
      FileTrees.delete(folder.get());
    }
    FileTrees.delete(each.admin());
    return Optional.empty();
  }

  /// A killed git may have left an empty one.
  private static boolean isWithoutLink(Path folder) throws IOException {
    var link = folder.resolve(".git");
    return !Files.exists(link, LinkOption.NOFOLLOW_LINKS)
        || (Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS) && Files.size(link) == 0);
  }

  private boolean isMakerDead(WorktreeAdmin each) throws IOException {
    var reason = each.lockReason().orElse("");
    var maker = ProcessIdentity.parse(reason.substring(INITIALIZING.length()).strip());
    return maker.isPresent() ? maker.get().judge() == Liveness.DEAD : !isGitAtWork(each);
  }

  /// git itself does not write down who makes a worktree, but its process names the folder.
  private static boolean isGitAtWork(WorktreeAdmin each) throws IOException {
    var folder = each.folder();
    return folder.isPresent() && RunningPrograms.isAnyWith(folder.get().toString());
  }

  /// One that ended before it knew its folder. An empty one may be someone's who has just begun.
  private void clearBeginning(WorktreeAdmin each) throws IOException {
    if (isUnfinished(each) && isMakerDead(each)) {
      FileTrees.delete(each.admin());
    } else if (isBarelyBegun(each.admin()) && isOlderThan(BEGINNING, each.admin())) {
      FileTrees.delete(each.admin());
    }
  }

  /// git itself does not say who makes a worktree; but no making of one takes that long.
  private boolean isOlderThan(Duration limit, Path file) throws IOException {
    var changed = Files.getLastModifiedTime(file).toInstant();
    return Duration.between(changed, repository.world().clock().instant()).compareTo(limit) > 0;
  }

  private static Optional<String> refusalOfFolder(Path folder) throws IOException {
    return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || isEmpty(folder)
        ? Optional.empty()
        : Optional.of(
            folder + " exists and is no worktree of this repository (cure: move it away)");
  }

  /// Nothing is in it but perhaps the draft of its lock.
  private static boolean isBarelyBegun(Path admin) throws IOException {
    try (var entries = Files.list(admin)) {
      return entries.allMatch(entry -> entry.endsWith("locked" + DRAFT));
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  /// Commits that only this worktree's HEAD holds get a ref of their own.
  void keepDetached(WorktreeAdmin each) throws IOException, InterruptedException {
    var head = each.head().filter(ObjectId::isId);
    if (head.isPresent()
        && repository.store().jgit().getObjectDatabase().has(ObjectId.fromString(head.get()))) {
      repository
          .kept()
          .keep(each.admin().getFileName().toString(), "tip", ObjectId.fromString(head.get()));
    }
  }

  /// Why this branch cannot be the new worktree's, if it cannot.
  Optional<String> refusalOfBranch(NewWorktree request) throws IOException {
    var name = "refs/heads/" + request.branch();
    if (!BranchName.isValid(request.branch())) {
      return Optional.of("'" + request.branch() + "' is no name for a branch");
    }
    if (repository.mainBranch().equals(Optional.of(request.branch()))) {
      return Optional.of(
          "branch " + request.branch() + " is checked out in " + repository.mainFolder());
    }
    var clash = repository.refs().findClash(name);
    if (clash.isPresent()) {
      return Optional.of(
          "branch %s cannot exist beside %s"
              .formatted(request.branch(), clash.get().substring("refs/heads/".length())));
    }
    return refusalOfTip(request, repository.store().findRef(name));
  }

  private Optional<String> refusalOfTip(NewWorktree request, Optional<ObjectId> tip)
      throws IOException {
    if (tip.isEmpty()
        || request.kind() == NewWorktree.Kind.SHARED
        || tip.get().name().equals(request.start())) {
      return Optional.empty();
    }
    return Optional.of(
        "branch %s exists, with other commits: @%s"
            .formatted(request.branch(), new Commits(repository.store()).abbreviate(tip.get())));
  }
}
