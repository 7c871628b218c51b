package adw.cli;

import adw.git.BaseSettings;
import adw.run.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// What is in the base already: its worktree and its line are no longer needed.
final class Merged {
  private final Workshop workshop;
  private final String base;

  private Merged(Workshop workshop, String base) {
    this.workshop = workshop;
    this.base = base;
  }

  static Merged into(Workshop workshop) throws IOException, InterruptedException {
    var wanted = workshop.project().settings().loop().worktrees().base();
    var found = workshop.repository().findBase(new BaseSettings(wanted, false, Duration.ZERO));
    return new Merged(workshop, found.commit());
  }

  /// Whether the base contains that commit, which may be abbreviated.
  boolean has(String commit) throws IOException {
    var full = workshop.repository().findCommit(commit);
    return full.isPresent() && workshop.repository().isAncestor(full.get(), base);
  }

  /// Whether nothing is left to review of a run: merged, reviewed, or it never had a commit.
  boolean isSettled(Run run) throws IOException {
    if (!run.hasEnded()) {
      return false;
    }
    if (run.unknown().findText("reviewed").isPresent()) {
      return true;
    }
    var tip = findTip(run);
    return tip.isPresent()
        && has(tip.get())
        && !tip.equals(run.place().map(place -> place.start()));
  }

  private Optional<String> findTip(Run run) throws IOException {
    return run.place().isEmpty()
        ? Optional.empty()
        : workshop.repository().findBranch(run.place().get().branch());
  }
}
