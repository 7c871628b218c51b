package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.run.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Runs of a scope that left their work in its worktree because it could not be kept then: a full
/// disk, a ref in the way. The next run of the scope keeps it for them.
final class UnsavedWork {
  private final DaemonContext context;

  UnsavedWork(DaemonContext context) {
    this.context = context;
  }

  static Run mark(Run run) {
    return run.with(run.notes().asUnkept(true));
  }

  /// The last run of that scope to leave its work behind. Reads all records: only for when there is
  /// something in the worktree.
  Optional<Run> find(String scope) throws IOException {
    return all(scope).stream().max(Comparator.comparing(run -> run.times().claimed()));
  }

  /// By now it is kept.
  void forget(String scope) throws IOException {
    for (var run : all(scope)) {
      context.runs().write(run.with(run.notes().asUnkept(false)));
    }
  }

  private List<Run> all(String scope) throws IOException {
    var all = new ArrayList<Run>();
    for (var id : context.runs().ids()) {
      context.runs().find(id).filter(run -> isOne(run, scope)).ifPresent(all::add);
    }
    return all;
  }

  private static boolean isOne(Run run, String scope) {
    return run.hasEnded()
        && run.notes().isUnkept()
        && run.order().scope().equals(Optional.of(scope));
  }
}
