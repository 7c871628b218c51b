package adw.daemon;

import adw.daemon.attempt.RunBase;
import adw.daemon.context.DaemonContext;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunStore;
import adw.task.readiness.Decision;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finished branches that await review: made by a run that ended done, still there, and in no base.
/// Each look asks for all of them, so what did not change since the last is not read again.
final class UnreviewedBranches {
  private final DaemonContext context;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, Compared> compared = new HashMap<>();

  /// What a version of a record said.
  private record Seen(Optional<RunStore.Version> version, Optional<String> branch) {}

  /// What a look at the history gave.
  private record Compared(Optional<String> tip, String base, boolean isUnmerged) {}

  UnreviewedBranches(DaemonContext context) {
    this.context = context;
  }

  /// Nothing starts while so many wait that nobody could look at more.
  Optional<Decision.Held> findHold() throws IOException, InterruptedException {
    var most = context.settings().trigger().maxUnreviewed();
    return most > 0 && count() >= most
        ? Optional.of(
            new Decision.Held(
                most + (most == 1 ? " branch awaits" : " branches await") + " review",
                "merge or discard one"))
        : Optional.empty();
  }

  private int count() throws IOException, InterruptedException {
    var branches = branches();
    var base = branches.isEmpty() ? "" : RunBase.known(context).commit();
    var count = 0;
    for (var branch : branches) {
      count += isUnmerged(branch, base) ? 1 : 0;
    }
    return count;
  }

  private Set<String> branches() throws IOException {
    var ids = context.runs().ids();
    seen.keySet().retainAll(Set.copyOf(ids));
    var branches = new HashSet<String>();
    for (var id : ids) {
      look(id).ifPresent(branches::add);
    }
    compared.keySet().retainAll(branches);
    return branches;
  }

  private Optional<String> look(String id) throws IOException {
    var version = context.runs().findVersion(id);
    var known = seen.get(id);
    if (known == null || !known.version.equals(version)) {
      known = new Seen(version, context.runs().find(id).flatMap(UnreviewedBranches::branch));
      seen.put(id, known);
    }
    return known.branch;
  }

  private static Optional<String> branch(Run run) {
    return run.outcome().filter(Outcome.Done.class::isInstance).isPresent()
        ? run.place().map(place -> place.branch())
        : Optional.empty();
  }

  private boolean isUnmerged(String branch, String base) throws IOException {
    var tip = context.repository().findBranch(branch);
    var known = compared.get(branch);
    if (known == null || !known.tip.equals(tip) || !known.base.equals(base)) {
      known = new Compared(tip, base, isUnmerged(tip, base));
      compared.put(branch, known);
    }
    return known.isUnmerged;
  }

  private boolean isUnmerged(Optional<String> tip, String base) throws IOException {
    return tip.isPresent() && !context.repository().isAncestor(tip.get(), base);
  }
}
