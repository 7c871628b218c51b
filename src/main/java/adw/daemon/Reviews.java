package adw.daemon;

import adw.run.Outcome;
import adw.run.Run;
import adw.task.Decision;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;

/// Finished branches that await review: made by a run that ended done, still there, and in no base.
final class Reviews {
  private final Site site;

  Reviews(Site site) {
    this.site = site;
  }

  /// Nothing starts while so many wait that nobody could look at more.
  Optional<Decision.Held> findHold() throws IOException {
    var most = site.settings().trigger().maxUnreviewed();
    return most > 0 && count() >= most
        ? Optional.of(
            new Decision.Held(
                most + (most == 1 ? " branch awaits" : " branches await") + " review",
                "merge or discard one"))
        : Optional.empty();
  }

  private int count() throws IOException {
    var branches = new HashSet<String>();
    for (var id : site.runs().ids()) {
      site.runs().find(id).flatMap(Reviews::branch).ifPresent(branches::add);
    }
    var count = 0;
    for (var branch : branches) {
      count += isUnmerged(branch) ? 1 : 0;
    }
    return count;
  }

  private static Optional<String> branch(Run run) {
    var isOpen = run.unknown().findText("reviewed").isEmpty();
    return run.outcome().filter(Outcome.Done.class::isInstance).isPresent() && isOpen
        ? run.place().map(place -> place.branch())
        : Optional.empty();
  }

  private boolean isUnmerged(String branch) throws IOException {
    var tip = site.repository().findBranch(branch);
    var base = site.repository().startBranch().flatMap(this::find);
    return tip.isPresent()
        && (base.isEmpty() || !site.repository().isAncestor(tip.get(), base.get()));
  }

  private Optional<String> find(String branch) {
    try {
      return site.repository().findBranch(branch);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
