package adw.daemon;

import adw.git.GitException;
import adw.git.Removal;
import adw.run.Outcome;
import adw.run.Run;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of the worktree of a run that has ended: `[worktree] keep`.
final class Tidying {
  private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

  private final Site site;
  private final Stopping stopping;

  Tidying(Site site, Stopping stopping) {
    this.site = site;
    this.stopping = stopping;
  }

  /// Beside the loop: removing a large worktree takes a while, and nothing waits for it.
  void tidy(Run run) {
    if (site.settings().worktrees().keep() == Settings.Keep.NEVER
        && run.outcome().filter(Outcome::isDone).isPresent()
        && run.order().scope().isEmpty()) {
      Thread.ofVirtual().name("tidy " + run.id()).start(() -> remove(run));
    }
  }

  private void remove(Run run) {
    var place = run.place().orElseThrow();
    try {
      var worktree = site.repository().worktree(place.worktree(), place.branch());
      var children = RunChildren.of(site, run, stopping);
      switch (children.keep(() -> worktree.remove(Optional.empty()))) {
        case Removal.Removed() ->
            site.happened(run, "removed", "path", place.worktree().toString());
        case Removal.Refused(var reason) -> site.happened(run, "kept", "why", reason);
      }
    } catch (IOException | GitException e) {
      LOG.warn("{}: its worktree {} is still there", run.id(), place.worktree(), e);
    } catch (InterruptedException e) {
      LOG.info("{}: left before its worktree was removed", run.id());
    }
  }
}
