package adw.daemon;

import adw.os.ProblemWords;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import java.io.IOException;
import java.util.Optional;

/// Carries one task from its claim to the outcome that is written back. Each step leaves its result
/// on disk before the next begins, so a run goes on from whatever stage a crash left it at.
final class TaskRun {
  private final Site site;
  private final Stopping stopping;
  private final Preparation preparation;
  private final Work work;
  private final Closing closing;
  private final Checks checks;
  private final Ahead ahead;

  TaskRun(Site site, Bases bases, Wordings wordings, Stopping stopping, Ahead ahead) {
    this.ahead = ahead;
    this.site = site;
    this.stopping = stopping;
    this.preparation = new Preparation(site, bases, wordings, stopping);
    this.work = new Work(site, bases, stopping);
    this.closing = new Closing(site);
    this.checks = new Checks(site, stopping);
  }

  /// Returns the run where the loop takes over: waiting, or with an outcome to report.
  Run run(Run claimed) throws IOException, InterruptedException {
    var children = RunChildren.of(site, claimed, stopping);
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
                    Listener.Step.JUDGED,
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
        : reached(Listener.Step.VERIFIED, checks.verify(run, commit));
  }

  /// What was broken off because somebody ended the run has not failed.
  private Run broken(Run run, Outcome outcome) throws IOException {
    stopping.heed();
    var stopped = stopping.find(run.id());
    return outcome instanceof Outcome.Failed && stopped.isPresent()
        ? site.runs().write(run.at(new Stage.Reporting(stopped.get())))
        : run;
  }

  private Run prepare(Run run) throws IOException, InterruptedException {
    try (var _ = ahead.urgent()) {
      return preparation.prepare(run);
    }
  }

  private Run reached(Listener.Step step, Run run) {
    site.listener().reached(step);
    return run;
  }

  /// The run as its record says it stands, to go on from there; what the machine could not begin
  /// does not count as begun.
  Run again(String id) throws IOException {
    return Preparation.excused(site.runs().read(id));
  }

  /// That the run waits, for whoever watches.
  void delayed(String id, Throwable lack) {
    site.listener().noticed(id + " waits, the machine lacks something: " + ProblemWords.of(lack));
  }

  /// A run that broke in a way nobody foresaw still ends, with the reason and its work kept.
  Run fail(String id, String reason) throws IOException, InterruptedException {
    var run = site.runs().read(id);
    var outcome = new Outcome.Failed(Outcome.Why.INTERRUPTED, reason);
    if (run.outcome().isPresent()) {
      return run;
    }
    if (run.place().isEmpty()) {
      return broken(site.runs().write(Unkept.mark(run).at(new Stage.Reporting(outcome))), outcome);
    }
    ShellLines.endAll(site, run);
    var children = RunChildren.of(site, run, stopping);
    return broken(children.keep(() -> closing.abandon(run, outcome)), outcome);
  }

  static Stage committing(int round, Outcome ended) {
    return new Stage.Committing(round, Optional.of(ended));
  }
}
