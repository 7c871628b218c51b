package adw.status;

import adw.cli.project.OpenProject;
import adw.git.config.BaseSettings;
import adw.run.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is in the base already: its worktree and its line are no longer needed.
public final class MergedRuns {
  private final OpenProject workshop;
  private final String base;

  private MergedRuns(OpenProject workshop, String base) {
    this.workshop = workshop;
    this.base = base;
  }

  public static MergedRuns into(OpenProject workshop) throws IOException, InterruptedException {
    var wanted = workshop.project().settings().loop().worktrees().base();
    var found = workshop.repository().findBase(new BaseSettings(wanted, false, Duration.ZERO));
    return new MergedRuns(workshop, found.commit());
  }

  /// Whether the base contains that commit, which may be abbreviated.
  public boolean has(String commit) throws IOException {
    var full = workshop.repository().findCommit(commit);
    return full.isPresent() && workshop.repository().isAncestor(full.get(), base);
  }

  /// Whether nothing is left to review of what these runs made in one worktree: the branch is
  /// merged, or what the last of them did was reviewed.
  public boolean areSettled(List<Run> runs) throws IOException {
    var last = runs.stream().max(Comparator.comparing(run -> run.times().claimed()));
    return runs.stream().allMatch(Run::hasEnded)
        && (last.filter(MergedRuns::isReviewed).isPresent() || isAnyIn(runs));
  }

  private static boolean isReviewed(Run run) {
    return run.unknown().findText("reviewed").isPresent();
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
        : workshop.repository().findBranch(run.place().get().branch());
  }
}
