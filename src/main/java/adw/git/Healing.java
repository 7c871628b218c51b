package adw.git;

import adw.os.Identity;
import adw.os.Life;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// What stands in the way of a new worktree: what is left of one that was never finished, or whose
/// folder is gone, is cleared; anything else is a refusal that says who can clear it.
final class Healing {
  /// `locked` of a worktree that is being made, before the identity of its maker. git's own word.
  static final String INITIALIZING = "initializing";

  private final Repository repository;

  Healing(Repository repository) {
    this.repository = repository;
  }

  /// Empty if the way is free now.
  Optional<String> clear(NewWorktree request) throws IOException, InterruptedException {
    for (var each : Registration.all(repository.commonDir())) {
      var refusal = clear(each, request);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return refusalOfFolder(request.folder()).or(() -> Optional.empty());
  }

  private Optional<String> clear(Registration each, NewWorktree request)
      throws IOException, InterruptedException {
    var here = each.isOf(request.folder());
    if (!here && !each.branch().equals(Optional.of(request.branch()))) {
      return Optional.empty();
    }
    if (isUnfinished(each)) {
      return clearUnfinished(each);
    }
    var lock = each.lockReason();
    if (each.isWhole() || (lock.isPresent() && Files.exists(each.admin().resolve("HEAD")))) {
      return Optional.of(
          here ? request.folder() + " is a worktree already" : elsewhere(each, request));
    }
    keepDetached(each);
    Trees.delete(each.admin());
    return Optional.empty();
  }

  private static String elsewhere(Registration each, NewWorktree request) throws IOException {
    return "branch %s is checked out in %s"
        .formatted(request.branch(), each.folder().map(Path::toString).orElse("another worktree"));
  }

  private static boolean isUnfinished(Registration each) throws IOException {
    return each.lockReason().filter(reason -> reason.startsWith(INITIALIZING)).isPresent();
  }

  /// Nobody has worked in a worktree that was never finished: its files are those of a checkout.
  private Optional<String> clearUnfinished(Registration each) throws IOException {
    var reason = each.lockReason().orElse("");
    var maker = Identity.parse(reason.substring(INITIALIZING.length()).strip());
    if (maker.isEmpty() || maker.get().judge() != Life.DEAD) {
      return Optional.of(
          each.folder().map(Path::toString).orElse("a worktree")
              + " is being made by another process");
    }
    var folder = each.folder();
    if (folder.isPresent() && (each.isWhole() || !Files.exists(folder.get().resolve(".git")))) {
      Trees.delete(folder.get());
    }
    Trees.delete(each.admin());
    return Optional.empty();
  }

  private static Optional<String> refusalOfFolder(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (var entries = Files.newDirectoryStream(folder)) {
        if (!entries.iterator().hasNext()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        folder + " exists and is no worktree of this repository (cure: move it away)");
  }

  /// Commits that only this worktree's HEAD holds get a ref of their own.
  void keepDetached(Registration each) throws IOException, InterruptedException {
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
    if (!org.eclipse.jgit.lib.Repository.isValidRefName(name) || request.branch().startsWith("-")) {
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
            .formatted(request.branch(), repository.abbreviate(tip.get().name())));
  }
}
