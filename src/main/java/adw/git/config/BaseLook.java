package adw.git.config;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether runs can start from a base, as far as a look at the refs tells. It opens no repository
/// and asks no remote.
public final class BaseLook {
  private static final Duration MAX_AGE = BaseSettings.DEFAULT.maxAge();

  /// A commit's id, or words that only git can follow, such as `main~2`.
  private static final Pattern EXPRESSION = Pattern.compile("[0-9a-f]{4,64}|refs/.*|.*[~^@:].*");

  private final RepositoryPaths git;
  private final Optional<String> startBranch;
  private final Instant now;

  /// @param startBranch where runs start unless somebody says otherwise
  public BaseLook(RepositoryPaths git, Optional<String> startBranch, Instant now) {
    this.git = git;
    this.startBranch = startBranch;
    this.now = now;
  }

  public sealed interface Found {
    record Here() implements Found {}

    /// A remote may have it.
    record Elsewhere(String base) implements Found {}

    /// @param cure what helps, whoever asked for that base
    record Nowhere(String why, String cure) implements Found {}
  }

  /// The base where nobody names one.
  public Found findUsual() throws IOException {
    var origins = git.remoteHead().filter(name -> !name.isEmpty());
    if (origins.isPresent()) {
      return new Found.Here();
    }
    var branch = startBranch.orElse("HEAD");
    var there = branch.equals("HEAD") ? git.commit() : git.findRef("refs/heads/" + branch);
    return there.isPresent() || isRemote(branch) ? new Found.Here() : gone(branch);
  }

  private Found.Nowhere gone(String branch) throws IOException {
    if (git.commit().isEmpty() && (branch.equals("HEAD") || isCheckedOut(branch))) {
      return new Found.Nowhere(
          "branch " + branch + " has no commit yet",
          "git commit --allow-empty -m start, or set [worktree] base");
    }
    return new Found.Nowhere(
        "the base branch " + branch + " was renamed or deleted while adw run worked",
        "start adw run again, or set [worktree] base");
  }

  private boolean isCheckedOut(String branch) throws IOException {
    return git.branch().equals(Optional.of(branch));
  }

  /// One that somebody named.
  public Found find(String base) throws IOException {
    if (EXPRESSION.matcher(base).matches() || isLocal(base) || isRemote(base)) {
      return new Found.Here();
    }
    var what = "there is no branch or commit '" + base + "'";
    var cure = "git branch -a names the branches";
    if (!hasRemotes()) {
      return new Found.Nowhere(what, cure);
    }
    var failure = findFailure(base);
    return failure.isPresent()
        ? new Found.Nowhere(what + " here; " + failure.get(), cure)
        : new Found.Elsewhere(base);
  }

  private boolean isLocal(String base) throws IOException {
    return base.equals("HEAD")
        || git.findRef("refs/heads/" + base).isPresent()
        || git.findRef("refs/tags/" + base).isPresent();
  }

  private boolean isRemote(String base) throws IOException {
    return git.findRef("refs/remotes/" + RemoteBranch.ORIGIN + "/" + base).isPresent()
        || git.findRef("refs/remotes/" + base).isPresent();
  }

  private boolean hasRemotes() throws IOException {
    return Files.isDirectory(git.commonDir().resolve("refs").resolve("remotes"))
        || git.hasPackedRef("refs/remotes/");
  }

  private Optional<String> findFailure(String base) throws IOException {
    var oldest = now.minus(MAX_AGE);
    var origins = new FetchRecord(git.commonDir(), RemoteBranch.ORIGIN + "/" + base);
    var failure = origins.findFailure(oldest, now);
    return failure.isPresent()
        ? failure
        : new FetchRecord(git.commonDir(), base).findFailure(oldest, now);
  }
}
