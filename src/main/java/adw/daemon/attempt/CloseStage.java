package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.git.CommitRequest;
import adw.git.CommitResult;
import adw.git.Head;
import adw.git.Worktree;
import adw.git.config.GitException;
import adw.os.MachineLack;
import adw.os.process.SupervisedProcess;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunPlace;
import adw.run.Stage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;

/// What becomes of a run whose workflow has ended. A done mark is honest: it takes exit code 0,
/// HEAD on the run's branch with nothing in progress, everything committed, and a tree that the
/// workflow itself changed.
final class CloseStage {
  private final DaemonContext context;
  private final WorkKeeper keeping;

  CloseStage(DaemonContext context) {
    this.context = context;
    this.keeping = new WorkKeeper(context);
  }

  Run close(Run run, int round, Optional<Outcome> ended) throws IOException, InterruptedException {
    var worktree = worktree(run);
    context.repository().removeStaleLocks(worktree); // all that worked here has been ended
    try {
      var closed =
          ended.isPresent()
              ? keeping.keep(run, worktree, ended.get())
              : judge(run, round, worktree);
      return context.runs().write(closed);
    } catch (GitException e) {
      if (MachineLack.isPassing(e)) {
        throw e;
      }
      var outcome = new Outcome.Failed(Outcome.Why.BRANCH, String.valueOf(e.getMessage()));
      return context.runs().write(keeping.keep(run, worktree, outcome));
    }
  }

  /// One that the daemon itself could not go on with: what it made is kept all the same.
  Run abandon(Run run, Outcome outcome) throws IOException, InterruptedException {
    var worktree = worktree(run);
    try {
      context.repository().removeStaleLocks(worktree);
      return context.runs().write(keeping.keep(run, worktree, outcome));
    } catch (IOException | RuntimeException | Error e) {
      return context.runs().write(keeping.leave(run, outcome, e));
    }
  }

  private Worktree worktree(Run run) {
    var place = run.place().orElseThrow();
    return context.repository().worktree(place.worktree(), place.branch());
  }

  private Run judge(Run run, int round, Worktree worktree)
      throws IOException, InterruptedException {
    var code = exitCode(run, round);
    if (code != 0 && code != WorkflowReport.NOTHING_TO_DO) {
      return keeping.keep(run, worktree, workflowFailed(run, round, code));
    }
    return switch (worktree.head()) {
      case Head.OnBranch(var before) -> commit(run, round, worktree, before);
      case Head.OtherBranch(var other, _) -> left(run, worktree, "HEAD is on " + other);
      case Head.Unborn(var other) ->
          left(run, worktree, "HEAD is on " + other + ", which has no commit");
      case Head.Detached(var tip) ->
          left(run, worktree, "HEAD is at " + context.repository().abbreviate(tip));
      case Head.Busy(var doing) ->
          keeping.keep(
              run,
              worktree,
              new Outcome.Failed(Outcome.Why.BRANCH, "left a " + doing + " unfinished"));
      case Head.Missing(var why) ->
          keeping.keep(
              run,
              worktree,
              new Outcome.Failed(Outcome.Why.BRANCH, why + "; [retry] begins in a new one"));
    };
  }

  private int exitCode(Run run, int round) throws IOException {
    var folder = RunProcesses.folder(context, run.id(), round);
    return SupervisedProcess.look(folder) instanceof SupervisedProcess.Exited(var code) ? code : -1;
  }

  private Outcome workflowFailed(Run run, int round, int code) throws IOException {
    return new Outcome.Failed(
        Outcome.Why.WORKFLOW, WorkflowReport.of(context, run, round).failure(code));
  }

  private Run left(Run run, Worktree worktree, String where)
      throws IOException, InterruptedException {
    var reason = "left branch " + run.place().orElseThrow().branch() + ": " + where;
    return keeping.keep(run, worktree, new Outcome.Failed(Outcome.Why.BRANCH, reason));
  }

  private Run commit(Run run, int round, Worktree worktree, String before)
      throws IOException, InterruptedException {
    var request =
        CommitRequest.of(
            RunCommitMessage.of(run, WorkflowReport.of(context, run, round).text()),
            keeping.leftOut(run));
    var signed = context.settings().worktrees().sign() ? request.signed() : request;
    return switch (worktree.commitAll(signed)) {
      case CommitResult.Made(var tip) -> committed(run, round, worktree, tip);
      case CommitResult.Nothing() -> committed(run, round, worktree, before);
      case CommitResult.HookFailed(var reason) -> hookFailed(run, worktree, reason);
      case CommitResult.Unclean(var reason) -> hookFailed(run, worktree, reason);
      case CommitResult.TooMuch(var reason) ->
          keeping.keep(run, worktree, new Outcome.Failed(Outcome.Why.TOO_MUCH, reason));
    };
  }

  private Run hookFailed(Run run, Worktree worktree, String reason)
      throws IOException, InterruptedException {
    return keeping.keep(run, worktree, new Outcome.Failed(Outcome.Why.HOOK, reason));
  }

  private Run committed(Run run, int round, Worktree worktree, String tip)
      throws IOException, InterruptedException {
    context.listener().reached(DaemonListener.Step.COMMITTED);
    var place = run.place().orElseThrow();
    if (!context.repository().isAncestor(place.start(), tip)) {
      var reason =
          "history rewritten: "
              + place.branch()
              + " no longer contains "
              + context.repository().abbreviate(place.start());
      return keeping.keep(run, worktree, new Outcome.Failed(Outcome.Why.BRANCH, reason));
    }
    var unnamed = context.repository().unnamedRepositories(place.start(), tip);
    if (!unnamed.isEmpty()) {
      var reason =
          "committed without .gitmodules, as a repository of its own: %s (cure: .gitignore, or git submodule add)"
              .formatted(String.join(", ", unnamed));
      return keeping.keep(run, worktree, new Outcome.Failed(Outcome.Why.TOO_MUCH, reason));
    }
    if (!hasChanged(run, place, tip)) {
      return unchanged(run, round, worktree);
    }
    context.happened(run, "committed", "commit", tip);
    return context.settings().limits().verify().isEmpty()
        ? LastGoodRound.done(context, run, tip).at(new Stage.Reporting(new Outcome.Done(tip)))
        : run.at(new Stage.Verifying(round, tip));
  }

  /// Whether the workflow changed anything: not set-up, and more than a plan.
  private boolean hasChanged(Run run, RunPlace place, String tip) throws IOException {
    var changed = new HashSet<>(context.repository().changes(place.start(), tip));
    changed.removeIf(change -> change.path().startsWith("specs/plan-" + run.id() + "-"));
    if (place.setUpTree().isPresent() && !changed.isEmpty()) {
      changed.removeAll(context.repository().changes(place.start(), place.setUpTree().get()));
    }
    return !changed.isEmpty();
  }

  private Run unchanged(Run run, int round, Worktree worktree)
      throws IOException, InterruptedException {
    var report = WorkflowReport.of(context, run, round);
    if (run.order().wishes().commitOptional()
        || report.isNoChange()
        || exitCode(run, round) == WorkflowReport.NOTHING_TO_DO) {
      return run.at(new Stage.Reporting(new Outcome.Answered(report.text())));
    }
    var sentence = report.lastSentence();
    var reason = sentence.isEmpty() ? "no changes" : "no changes: " + sentence;
    return keeping.keep(run, worktree, new Outcome.Failed(Outcome.Why.NO_CHANGES, reason));
  }
}
