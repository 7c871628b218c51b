package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.os.ProblemWords;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import java.io.IOException;

/// Carries one task from its claim to the outcome that is written back. Each step leaves its result
/// on disk before the next begins, so a run goes on from whatever stage a crash left it at.
public final class TaskRun {
  private final DaemonContext context;
  private final CancelRequests stopping;
  private final PrepareStage preparation;
  private final WorkflowStage work;
  private final CloseStage closing;
  private final VerifyLines checks;
  private final PoolFiller ahead;

  public TaskRun(
      DaemonContext context,
      RunBase bases,
      CurrentTasks wordings,
      CancelRequests stopping,
      PoolFiller ahead) {
    this.ahead = ahead;
    this.context = context;
    this.stopping = stopping;
    this.preparation = new PrepareStage(context, bases, wordings, stopping, ahead);
    this.work = new WorkflowStage(context, bases, stopping);
    this.closing = new CloseStage(context);
    this.checks = new VerifyLines(context, stopping);
  }

  /// Returns the run where the loop takes over: waiting, or with an outcome to report.
  public Run run(Run claimed) throws IOException, InterruptedException {
    var children = RunChildren.of(context, claimed, stopping);
    return children.keep(() -> {
      stopping.heed();
      children.settle(); // what a dead daemon's git still does is never done beside it
      return carry(claimed);
    });
  }

  private Run carry(Run claimed) throws IOException, InterruptedException {
    var run = claimed;
    while (true) {
      stopping.heed();
      switch (run.stage()) {
        case Stage.Claimed _, Stage.Preparing _ -> run = prepare(run);
        case Stage.Running(var round) -> run = work.work(run, round);
        case Stage.Committing(var round, var ended) ->
            run =
                reached(
                    DaemonListener.Step.JUDGED,
                    closing.close(run, round, ended.or(() -> stopping.find(claimed.id()))));
        case Stage.Verifying(var round, var commit) -> run = verify(run, round, commit);
        case Stage.Reporting(var outcome) -> {
          return broken(run, outcome);
        }
        case Stage.Waiting _, Stage.Ended _ -> {
          return run;
        }
      }
    }
  }

  private Run verify(Run run, int round, String commit) throws IOException, InterruptedException {
    var stopped = stopping.find(run.id());
    return stopped.isPresent()
        ? closing.close(run, round, stopped)
        : reached(DaemonListener.Step.VERIFIED, checks.verify(run, commit));
  }

  /// What was broken off because somebody ended the run has not failed.
  private Run broken(Run run, Outcome outcome) throws IOException {
    stopping.heed();
    var stopped = stopping.find(run.id());
    return outcome instanceof Outcome.Failed && stopped.isPresent()
        ? context.runs().write(run.at(new Stage.Reporting(stopped.get())))
        : run;
  }

  private Run prepare(Run run) throws IOException, InterruptedException {
    try (var _ = ahead.urgent()) {
      var prepared = preparation.prepare(run);
      ahead.drop(run.id());
      return prepared;
    }
  }

  private Run reached(DaemonListener.Step step, Run run) {
    context.listener().reached(step);
    return run;
  }

  /// The run as its record says it stands, to go on from there; what the machine could not begin
  /// does not count as begun.
  public Run again(String id) throws IOException {
    return PreparationCount.excused(context.runs().read(id));
  }

  /// That the run waits, for whoever watches.
  public void delayed(String id, Throwable lack) {
    context
        .listener()
        .noticed(id + " waits, the machine lacks something: " + ProblemWords.of(lack));
  }

  /// A run that broke in a way nobody foresaw still ends, with the reason and its work kept.
  public Run fail(String id, String reason) throws IOException, InterruptedException {
    var run = context.runs().read(id);
    ahead.drop(id);
    var outcome = new Outcome.Failed(Outcome.Why.INTERRUPTED, context.conceal(reason));
    if (run.outcome().isPresent()) {
      return run;
    }
    if (run.place().isEmpty()) {
      return broken(
          context.runs().write(UnsavedWork.mark(run).at(new Stage.Reporting(outcome))), outcome);
    }
    ShellLines.endAll(context, run);
    var children = RunChildren.of(context, run, stopping);
    return broken(children.keep(() -> closing.abandon(run, outcome)), outcome);
  }
}
