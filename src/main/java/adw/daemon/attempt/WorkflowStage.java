package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.os.process.SupervisedProcess;
import adw.planning.RateLimits;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import adw.spend.RunSpending;
import adw.text.Durations;
import adw.text.RunId;
import adw.workflow.ProcessEnd;
import adw.workflow.ProcessLimits;
import adw.workflow.WorkflowProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Runs a run's workflow as a process, or finds the one that runs, and says how it ended.
public final class WorkflowStage {
  private static final long MAX_LOG = 4L << 30;

  private final DaemonContext context;
  private final RunBase bases;
  private final CancelRequests stopping;
  private final ProcessLauncher launching;
  private final RunSpending spending;

  WorkflowStage(DaemonContext context, RunBase bases, CancelRequests stopping) {
    this.context = context;
    this.bases = bases;
    this.stopping = stopping;
    this.launching = new ProcessLauncher(context);
    this.spending = new RunSpending(context.state()::openLedger);
  }

  Run work(Run run, int round) throws IOException, InterruptedException {
    var stopped = stopping.find(run.id());
    var folder = RunProcesses.folder(context, run.id(), round);
    var begun = begun(run, folder);
    if (stopped.isPresent() && SupervisedProcess.tryWithdraw(folder)) {
      return committing(begun, round, stopped.get());
    }
    var ending = await(begun, process(begun, folder));
    return ended(begun.with(spending.of(run.id())), round, ending);
  }

  private Run begun(Run run, Path folder) throws IOException {
    if (!(SupervisedProcess.look(folder) instanceof SupervisedProcess.NotStarted)) {
      return run;
    }
    var begun = LastGoodRound.begun(context, run);
    return begun.equals(run) ? run : context.runs().write(begun);
  }

  private WorkflowProcess process(Run run, Path folder) throws IOException, InterruptedException {
    if (SupervisedProcess.look(folder) instanceof SupervisedProcess.Unborn) {
      SupervisedProcess.forgetUnborn(folder);
    }
    if (!(SupervisedProcess.look(folder) instanceof SupervisedProcess.NotStarted)) {
      return WorkflowProcess.adopt(folder);
    }
    bases.ensureWorktree(run);
    var process = launching.launch(run, folder);
    context.happened(run, "started", "workflow", run.order().workflow().name());
    context.listener().reached(DaemonListener.Step.LAUNCHED);
    return process;
  }

  private ProcessEnd await(Run run, WorkflowProcess process)
      throws IOException, InterruptedException {
    try (var _ = stopping.watch(run.id(), process::cancel)) {
      var ending = process.await(limits(run), RunProcesses.leftovers(run));
      launching.settle(run);
      return ending;
    }
  }

  private ProcessLimits limits(Run run) {
    var limits = context.settings().limits();
    var timeout = run.order().wishes().timeout().map(Duration::parse).orElse(limits.timeout());
    return new ProcessLimits(timeout, limits.idleTimeout(), MAX_LOG);
  }

  private Run ended(Run run, int round, ProcessEnd ending)
      throws IOException, InterruptedException {
    stopping.heed();
    var logs = ": adw logs " + RunId.shortened(run.id());
    return switch (ending) {
      case ProcessEnd.Exited(var code) -> exited(run, round, code);
      case ProcessEnd.TimedOut(var limit) ->
          failed(
              run,
              round,
              Outcome.Why.TIMED_OUT,
              "timed out after " + Durations.typed(limit) + logs);
      case ProcessEnd.Idle(var limit) ->
          failed(run, round, Outcome.Why.IDLE, "no output for " + Durations.typed(limit) + logs);
      case ProcessEnd.LogTooLarge _ ->
          failed(run, round, Outcome.Why.TOO_MUCH, "wrote more than 4 GiB of output" + logs);
      case ProcessEnd.Cancelled() ->
          committing(
              run, round, stopping.find(run.id()).orElse(new Outcome.Cancelled("cancelled")));
      case ProcessEnd.Gone() -> gone(run, round);
    };
  }

  private Run exited(Run run, int round, int code) throws IOException {
    context.happened(run, "exited", "code", Integer.toString(code));
    context.listener().reached(DaemonListener.Step.EXITED);
    var stopped = stopping.find(run.id());
    if (stopped.isPresent()) {
      return committing(run, round, stopped.get());
    }
    var wait = WorkflowReport.of(context, run, round).findWait(code);
    return context
        .runs()
        .write(
            wait.isPresent()
                ? RateLimits.await(run, round, wait.get(), context.now())
                : run.at(new Stage.Committing(round, Optional.empty())));
  }

  /// A reboot or an out-of-memory kill took supervisor and workflow: gone on with once, in the same
  /// worktree.
  private Run gone(Run run, int round) throws IOException {
    var stopped = stopping.find(run.id());
    if (stopped.isPresent()) {
      return committing(run, round, stopped.get());
    }
    if (run.notes().isContinued()) {
      return failed(
          run,
          round,
          Outcome.Why.INTERRUPTED,
          "interrupted twice: adw logs " + RunId.shortened(run.id()));
    }
    context.happened(run, "interrupted");
    var next = run.with(run.notes().asContinued());
    return context.runs().write(next.at(new Stage.Running(round + 1)));
  }

  private Run failed(Run run, int round, Outcome.Why why, String reason) throws IOException {
    return committing(run, round, new Outcome.Failed(why, reason));
  }

  private Run committing(Run run, int round, Outcome outcome) throws IOException {
    return context.runs().write(run.at(new Stage.Committing(round, Optional.of(outcome))));
  }
}
