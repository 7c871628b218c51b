package adw.daemon;

import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.Reason;
import adw.task.Task;
import java.util.Optional;

/// What a run's end looks like in the task file.
///
/// @param tail what follows ` // `
record Marks(Mark mark, Optional<String> tail) {
  static Marks of(Run run, Outcome outcome, Site site) {
    var id = Optional.of(run.id());
    return switch (outcome) {
      case Outcome.Done(var commit, var setback) ->
          new Marks(
              new Mark.Done(Optional.of(site.abbreviate(commit)), id),
              setback.flatMap(why -> tail(why, site)));
      case Outcome.Answered _ -> new Marks(new Mark.Done(Optional.empty(), id), Optional.empty());
      case Outcome.Failed(_, var reason) -> new Marks(new Mark.Failed(id), tail(reason, site));
      case Outcome.Cancelled(var reason) -> new Marks(new Mark.Cancelled(id), tail(reason, site));
      case Outcome.TakenOver() ->
          new Marks(new Mark.Done(Optional.empty(), Optional.empty()), Optional.empty());
    };
  }

  /// A waiting run's line: `[❓, id]` where it needs a person, otherwise unchanged.
  static Marks of(Run run, Stage.Wait wait, Site site) {
    return wait.why().needsPerson()
        ? new Marks(new Mark.NeedsYou(run.id()), tail(wait.message(), site))
        : new Marks(new Mark.Running(run.id()), Optional.empty());
  }

  /// The edit that makes the task's line look so.
  Edit on(Task task) {
    return new Edit.Rewrite(task, mark, tail);
  }

  private static Optional<String> tail(String reason, Site site) {
    return Optional.of(Reason.of(site.conceal(reason))).filter(text -> !text.isEmpty());
  }
}
