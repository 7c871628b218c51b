package adw.daemon;

import adw.daemon.attempt.CancelRequests;
import adw.daemon.attempt.RunBase;
import adw.daemon.attempt.SetUpLines;
import adw.daemon.attempt.ShellLines;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.git.BaseBranch;
import adw.git.NewWorktree;
import adw.git.RemoveResult;
import adw.git.Worktree;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunNotes;
import adw.run.RunPlace;
import adw.run.Stage;
import adw.run.TaskSnapshot;
import java.io.IOException;
import java.util.Optional;

/// Verifies one base commit, as a run of its own that no line of the task file shows. Its record
/// names worktree and branch before they are made, so that whoever finds it can clear it away.
final class BaseVerificationRun {

  private final DaemonContext context;
  private final RunBase bases;
  private final CancelRequests stopping;

  BaseVerificationRun(DaemonContext context, RunBase bases, CancelRequests stopping) {
    this.context = context;
    this.bases = bases;
    this.stopping = stopping;
  }

  /// Whether a record is that of a check.
  static boolean isOne(Run run) {
    return run.notes().isBaseCheck();
  }

  Run planned(String id, BaseBranch base, String daemon) {
    var place =
        new RunPlace(
            "adw-verify-" + id,
            RunBase.folder(context).resolve(id),
            base.branch(),
            base.commit(),
            Optional.empty(),
            0);
    return Run.claimed(
            id,
            new Run.Lineage(id, 1),
            TaskSnapshot.own("verify " + base.name(), "verify"),
            daemon,
            context.now())
        .in(place)
        .with(RunNotes.NONE.asBaseCheck());
  }

  /// Empty if the base is green.
  Optional<Outcome> verify(Run run) throws IOException, InterruptedException {
    context.runs().write(run);
    context.runs().open(run.id());
    context.listener().reached(DaemonListener.Step.BASE_RECORDED);
    var worktree = bases.create(request(run));
    context.listener().reached(DaemonListener.Step.BASE_WORKTREE_MADE);
    var failure = check(run, worktree);
    context.listener().reached(DaemonListener.Step.BASE_JUDGED);
    remove(run, worktree);
    close(run, failure.orElse(new Outcome.Answered("passed")));
    return failure;
  }

  private static NewWorktree request(Run run) {
    var place = run.place().orElseThrow();
    return NewWorktree.fresh(place.worktree(), place.branch(), place.start());
  }

  private Optional<Outcome> check(Run run, Worktree worktree)
      throws IOException, InterruptedException {
    return switch (new SetUpLines(context, stopping).run(run, worktree)) {
      case SetUpLines.Result.Failed(var outcome) -> Optional.of(outcome);
      case SetUpLines.Result.Ready(var ready) -> {
        var limits = context.settings().limits();
        var lines = new ShellLines(context, stopping, ShellLines.Kind.VERIFY);
        yield lines.run(ready, limits.verify(), limits.verifyTimeout());
      }
    };
  }

  /// Ends what a dead daemon's check still runs, and takes away what it had made.
  void clear(Run run) throws IOException, InterruptedException {
    ShellLines.endAll(context, run);
    var place = run.place().orElseThrow();
    var existing = context.repository().worktree(place.worktree(), place.branch());
    context.repository().removeStaleLocks(existing);
    remove(run, existing.isFinished() ? existing : bases.takeOver(request(run)));
  }

  private void remove(Run run, Worktree worktree) throws IOException, InterruptedException {
    var start = run.place().orElseThrow().start();
    worktree.moveTo(start);
    if (worktree.remove(Optional.empty()) instanceof RemoveResult.Refused(var why)) {
      context
          .listener()
          .noticed(
              "%s, where %s was verified, stays: %s"
                  .formatted(worktree.folder(), run.place().orElseThrow().base(), why));
      return;
    }
    context.repository().tryDeleteBranch(worktree.branch(), start);
  }

  void close(Run run, Outcome outcome) throws IOException {
    var ended = new Stage.Ended(outcome, true); // no line waits for it
    context.runs().write(run.at(ended).endedAt(context.now()));
    context.runs().close(run.id());
  }
}
