package adw.status;

import adw.git.Repository;
import adw.git.config.BaseSettings;
import adw.run.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is in the base already: its worktree and its line are no longer needed.
public final class MergedRuns {
  private final Repository repository;
  private final String base;

  private MergedRuns(Repository repository, String base) {
    this.repository = repository;
    this.base = base;
  }

  /// @param base the base branch, or "" for the one that the repository suggests
  public static MergedRuns into(Repository repository, String base)
      throws IOException, InterruptedException {
    var found = repository.findBase(new BaseSettings(base, false, Duration.ZERO));
    return new MergedRuns(repository, found.commit());
  }

  /// Whether the base contains that commit, which may be abbreviated.
  public boolean has(String commit) throws IOException {
    var full = repository.findCommit(commit);
    return full.isPresent() && repository.isAncestor(full.get(), base);
  }

  /// Whether nothing is left to review of what these runs made in one worktree: the branch is
  /// merged.
  public boolean areSettled(List<Run> runs) throws IOException {
    return runs.stream().allMatch(Run::hasEnded) && isAnyIn(runs);
  }

  /// A branch that is where its run began tells nothing of the base.
  private boolean isAnyIn(List<Run> runs) throws IOException {
    for (var run : runs) {
      var tip = findTip(run);
      if (tip.isPresent()
          && has(tip.get())
          && !tip.equals(run.place().map(place -> place.start()))) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> findTip(Run run) throws IOException {
    return run.place().isEmpty()
        ? Optional.empty()
        : repository.findBranch(run.place().get().branch());
  }
}
