package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunNotes;
import adw.run.Stage;
import java.io.IOException;
import java.util.Optional;

/// A run's last round that ended done. A later round that does not leaves the branch where it was
/// when that round began, so that what was good can still be merged.
///
/// @param commit of that round
/// @param tip where the branch was when the next one began: somebody may have committed on it since
/// @param number of that round
public record LastGoodRound(String commit, String tip, int number) {
  /// The run, whose last round made this commit.
  static Run done(DaemonContext context, Run run, String commit) {
    var round = RunProcesses.lastRound(context, run.id());
    return run.with(run.notes().withGood(new RunNotes.Good(commit, commit, round)));
  }

  static Optional<LastGoodRound> find(Run run) {
    return run.notes()
        .good()
        .map(good -> new LastGoodRound(good.commit(), good.tip(), good.number()));
  }

  /// The run at the beginning of its next round.
  static Run begun(DaemonContext context, Run run) throws IOException {
    var good = run.notes().good();
    if (good.isEmpty()) {
      return run;
    }
    var last = good.get();
    return context
        .repository()
        .findBranch(run.place().orElseThrow().branch())
        .map(tip ->
            run.with(run.notes().withGood(new RunNotes.Good(last.commit(), tip, last.number()))))
        .orElse(run);
  }

  /// The same, and done all the same if its branch is where its last good round left it.
  public static Run settled(DaemonContext context, Run run) throws IOException {
    var good = find(run);
    if (good.isEmpty() || !(run.stage() instanceof Stage.Reporting(var outcome))) {
      return run;
    }
    var after = good.get().after(context, run, outcome);
    var branch = context.repository().findBranch(run.place().orElseThrow().branch());
    return after.isPresent() && branch.equals(Optional.of(good.get().tip))
        ? run.at(new Stage.Reporting(after.get()))
        : run;
  }

  private Optional<Outcome> after(DaemonContext context, Run run, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(_, var reason) -> Optional.of(setback(context, run, "failed: " + reason));
      case Outcome.Cancelled cancelled -> Optional.of(setback(context, run, cancelled.sentence()));
      case Outcome.Done _, Outcome.Answered _, Outcome.TakenOver _ -> Optional.empty();
    };
  }

  private Outcome setback(DaemonContext context, Run run, String how) {
    var round = Math.max(RunProcesses.lastRound(context, run.id()), number + 1);
    return new Outcome.Done(commit, Optional.of("round " + round + " " + how));
  }
}
