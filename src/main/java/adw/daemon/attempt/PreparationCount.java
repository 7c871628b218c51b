package adw.daemon.attempt;

import adw.run.Run;
import adw.run.Stage;

/// How often a run's preparation was begun, and how often it broke off through no fault of the run:
/// `starts` and `excused` of its record.
public final class PreparationCount {
  private PreparationCount() {}

  /// One preparation more; a claim that a dead daemon has left counts as one that was begun.
  public static Run begun(Run run) {
    return run.with(run.notes().withStarts(starts(run) + 1)).at(new Stage.Preparing());
  }

  /// A preparation that broke off and does not count against the run: the machine could not do it.
  public static Run excused(Run run) {
    return switch (run.stage()) {
      case Stage.Claimed _ -> excusedOnce(begun(run));
      case Stage.Preparing _ -> excusedOnce(run);
      case Stage.Running _,
          Stage.Waiting _,
          Stage.Committing _,
          Stage.Verifying _,
          Stage.Reporting _,
          Stage.Ended _ ->
          run;
    };
  }

  private static Run excusedOnce(Run run) {
    return run.with(run.notes().withExcused(excuses(run) + 1));
  }

  private static long excuses(Run run) {
    return run.notes().excused();
  }

  private static long starts(Run run) {
    return run.notes().starts();
  }

  /// Preparations that count against the run, with the one that has just begun.
  static long failures(Run run) {
    return starts(run) - excuses(run);
  }

  /// Whether one was begun before this one.
  static boolean isAgain(Run run) {
    return starts(run) > 1;
  }
}
