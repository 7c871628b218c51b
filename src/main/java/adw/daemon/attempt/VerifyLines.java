package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.git.Worktree;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import java.io.IOException;

/// Runs `[workflow] verify` on the committed tip of a run.
final class VerifyLines {
  private final DaemonContext context;
  private final ShellLines lines;
  private final WorkKeeper keeping;

  VerifyLines(DaemonContext context, CancelRequests stopping) {
    this.context = context;
    this.lines = new ShellLines(context, stopping, ShellLines.Kind.VERIFY);
    this.keeping = new WorkKeeper(context);
  }

  Run verify(Run run, String commit) throws IOException, InterruptedException {
    var place = run.place().orElseThrow();
    var limits = context.settings().limits();
    var worktree = context.repository().worktree(place.worktree(), place.branch());
    var failure = lines.run(run, limits.verify(), limits.verifyTimeout());
    context.repository().removeStaleLocks(worktree); // all that worked here has been ended
    putBack(run, worktree, commit);
    if (failure.isPresent()) {
      return context.runs().write(keeping.keep(run, worktree, failure.get()));
    }
    context.happened(run, "verified");
    var done = LastGoodRound.done(context, run, commit);
    return context.runs().write(done.at(new Stage.Reporting(new Outcome.Done(commit))));
  }

  /// What the checks changed in tracked files; a repository that they made would be in the way of
  /// the next run of a scope.
  private static void putBack(Run run, Worktree worktree, String commit)
      throws IOException, InterruptedException {
    worktree.moveTo(commit);
    if (!worktree.status().isEmpty()) {
      worktree.putAside(run.id(), commit, commit);
    }
  }
}
