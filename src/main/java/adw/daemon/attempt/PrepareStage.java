package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.git.Worktree;
import adw.git.config.GitException;
import adw.os.MachineLack;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunPlace;
import adw.run.Stage;
import adw.run.TaskSnapshot;
import java.io.IOException;
import java.util.Optional;

/// Makes a run's worktree, sets it up, and writes its prompt.
public final class PrepareStage {
  /// Preparations in a row that may die before the run is given up.
  private static final int MAX_STARTS = 3;

  private final DaemonContext context;
  private final RunBase bases;
  private final CurrentTasks wordings;
  private final CancelRequests stopping;
  private final SetUpLines setUp;
  private final PortLeases ports;
  private final WorkKeeper keeping;
  private final ReadyClaims ready;

  PrepareStage(
      DaemonContext context,
      RunBase bases,
      CurrentTasks wordings,
      CancelRequests stopping,
      PoolFiller ahead) {
    this.ready = new ReadyClaims(context, bases, ahead);
    this.stopping = stopping;
    this.wordings = wordings;
    this.context = context;
    this.bases = bases;
    this.setUp = new SetUpLines(context, stopping);
    this.ports = new PortLeases(context.state(), context.runs());
    this.keeping = new WorkKeeper(context);
  }

  Run prepare(Run run) throws IOException, InterruptedException {
    var preparing = PreparationCount.begun(run);
    if (PreparationCount.failures(preparing) > MAX_STARTS) {
      bases.clearUnfinished(run);
      return failed(run, Outcome.Why.NOT_STARTED, "could not be started: adw logs " + run.id());
    }
    if (run.stage() instanceof Stage.Preparing) {
      context.runs().write(preparing); // the first time its claim stands for it
    }
    context.listener().reached(DaemonListener.Step.PREPARING);
    var stopped = stopping.find(run.id());
    if (stopped.isPresent() && !bases.isBegun(run)) {
      return reporting(preparing, stopped.get());
    }
    try {
      return prepareOnce(preparing);
    } catch (GitException e) {
      if (MachineLack.isPassing(e)) {
        throw e;
      }
      return failed(preparing, Outcome.Why.SET_UP, String.valueOf(e.getMessage()));
    }
  }

  private Run prepareOnce(Run run) throws IOException, InterruptedException {
    return switch (bases.startOf(run)) {
      case RunBase.Start.Conflict(var id, var files) ->
          failed(
              run,
              Outcome.Why.CONFLICT,
              "what it builds on conflicts: " + id + " in " + String.join(", ", files));
      case RunBase.Start.At(var base, var commit) -> prepareAt(run, base, commit);
    };
  }

  private Run prepareAt(Run run, String base, String commit)
      throws IOException, InterruptedException {
    var given = ready.tryClaim(run, bases.request(run, commit));
    var worktree = given.isPresent() ? given.get().worktree() : bases.createWorktree(run, commit);
    context.listener().reached(DaemonListener.Step.WORKTREE_MADE);
    var port =
        given.isPresent() ? ports.renew(run.id(), given.get().port()) : ports.lease(run.id());
    var placed = run.in(place(worktree, base, commit, port));
    if (setUp.isNeeded() && given.flatMap(GivenWorktree::setUpTree).isEmpty()) {
      context.runs().write(placed); // it may take long, or fail; else the next record says it
    }
    context.happened(placed, "worktree", "path", worktree.folder().toString());
    var result = given.isPresent() ? setUp.goOn(placed, given.get()) : setUp.run(placed, worktree);
    return switch (result) {
      case SetUpLines.Result.Failed(var outcome) -> withoutSetUp(placed, worktree, outcome);
      case SetUpLines.Result.Ready(var ready) -> launchable(ready);
    };
  }

  /// The worktree of a scope is the next run's.
  private Run withoutSetUp(Run run, Worktree worktree, Outcome outcome)
      throws IOException, InterruptedException {
    return run.order().scope().isPresent()
        ? context.runs().write(keeping.keep(run, worktree, outcome))
        : reporting(run, outcome);
  }

  private static RunPlace place(Worktree worktree, String base, String commit, int port) {
    return new RunPlace(worktree.branch(), worktree.folder(), base, commit, Optional.empty(), port);
  }

  private Run launchable(Run run) throws IOException {
    var ready = run.with(currentWording(run)).startedAt(context.now()).at(new Stage.Running(1));
    context.runs().write(ready);
    context.listener().reached(DaemonListener.Step.PREPARED);
    return ready;
  }

  /// The task as it stands in the file now; as it was claimed if its line is gone.
  private TaskSnapshot currentWording(Run run) {
    return wordings
        .find(run.id())
        .map(task -> {
          var model = context.workflows().findModel(task.tags());
          return run.order().with(task.text(), task.body(), task.tags(), model);
        })
        .orElse(run.order());
  }

  private Run failed(Run run, Outcome.Why why, String reason) throws IOException {
    return reporting(run, new Outcome.Failed(why, reason));
  }

  private Run reporting(Run run, Outcome outcome) throws IOException {
    return context.runs().write(run.at(new Stage.Reporting(outcome.inWords(context::conceal))));
  }
}
