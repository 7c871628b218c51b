package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.git.CommitRequest;
import adw.git.CommitResult;
import adw.git.Head;
import adw.git.Worktree;
import adw.git.config.GitException;
import adw.os.MachineLack;
import adw.os.ProblemWords;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Keeps the work of a run that did not end done: on its branch where it has one of its own, under
/// `refs/adw/<id>/` where the branch is a scope's or was left.
final class WorkKeeper {
  private final DaemonContext context;

  WorkKeeper(DaemonContext context) {
    this.context = context;
  }

  /// The run with its outcome.
  Run keep(Run run, Worktree worktree, Outcome said) throws IOException, InterruptedException {
    var outcome = said.inWords(context::conceal);
    try {
      keepWork(run, worktree);
      return LastGoodRound.settled(context, run.at(new Stage.Reporting(outcome)));
    } catch (GitException e) {
      if (MachineLack.isPassing(e)) {
        throw e;
      }
      return leave(run, outcome, e);
    }
  }

  /// The same where nothing can be kept now: its work stays in the worktree, and its record says
  /// so, for the next run of a scope.
  Run leave(Run run, Outcome outcome, Throwable why) throws IOException {
    context.happened(run, "kept-in-worktree", "why", ProblemWords.of(why));
    return UnsavedWork.mark(run).at(new Stage.Reporting(outcome));
  }

  private void keepWork(Run run, Worktree worktree) throws IOException, InterruptedException {
    var head = worktree.head();
    var good = LastGoodRound.find(run);
    var isMissing = head instanceof Head.Missing && !(good.isPresent() && worktree.isFinished());
    if (isMissing) {
      return;
    }
    if (run.order().scope().isPresent()) {
      putAside(run, worktree, run.place().orElseThrow().start());
    } else if (good.isPresent()) {
      putAside(run, worktree, good.get().tip());
    } else if (head instanceof Head.OnBranch) {
      commitLeftovers(run, worktree);
    } else {
      save(run, worktree);
    }
  }

  /// The branch shows only what ended done.
  private void putAside(Run run, Worktree worktree, String start)
      throws IOException, InterruptedException {
    worktree.putAside(run.id(), start, start).forEach(kept -> note(run, kept));
  }

  private void save(Run run, Worktree worktree) throws IOException, InterruptedException {
    var saved = worktree.save(run.id(), run.place().orElseThrow().start());
    saved.tipRef().ifPresent(ref -> note(run, ref));
    saved.filesRef().ifPresent(ref -> note(run, ref));
  }

  private void note(Run run, String ref) {
    try {
      context.happened(run, "kept", "ref", ref);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void commitLeftovers(Run run, Worktree worktree)
      throws IOException, InterruptedException {
    var message =
        "wip: " + RunCommitMessage.subject(run.order().text()) + "\n\nAdw-Run: " + run.id() + "\n";
    switch (worktree.commitWithoutHooks(CommitRequest.of(message, leftOut(run)))) {
      case CommitResult.Made(var tip) -> context.happened(run, "kept", "commit", tip);
      case CommitResult.Nothing() -> {}
      case CommitResult.HookFailed _, CommitResult.TooMuch _, CommitResult.Unclean _ ->
          save(run, worktree);
    }
  }

  /// Paths that a run never commits: what set-up copied, and the task file.
  Set<String> leftOut(Run run) {
    var paths = new HashSet<>(run.notes().copied());
    paths.add(context.checkout().relativize(context.tasks()).toString());
    return paths;
  }
}
