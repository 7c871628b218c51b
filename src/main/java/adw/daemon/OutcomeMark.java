package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.TailText;
import adw.task.Task;
import java.util.Optional;

/// What a run's end looks like in the task file.
///
/// @param tail what follows ` // `
record OutcomeMark(Mark mark, Optional<String> tail) {
  static OutcomeMark of(Run run, Outcome outcome, DaemonContext context) {
    var id = Optional.of(run.id());
    return switch (outcome) {
      case Outcome.Done(var commit, var setback) ->
          new OutcomeMark(
              new Mark.Done(Optional.of(context.abbreviate(commit)), id),
              setback.flatMap(why -> tail(why, context)));
      case Outcome.Answered _ ->
          new OutcomeMark(new Mark.Done(Optional.empty(), id), Optional.empty());
      case Outcome.Failed(_, var reason) ->
          new OutcomeMark(new Mark.Failed(id), tail(reason, context));
      case Outcome.Cancelled(var reason) ->
          new OutcomeMark(new Mark.Cancelled(id), tail(reason, context));
      case Outcome.TakenOver() ->
          new OutcomeMark(new Mark.Done(Optional.empty(), Optional.empty()), Optional.empty());
    };
  }

  /// A waiting run's line: `[❓, id]` where it needs a person, otherwise unchanged.
  static OutcomeMark of(Run run, Stage.Wait wait, DaemonContext context) {
    return wait.why().needsPerson()
        ? new OutcomeMark(new Mark.NeedsYou(run.id()), tail(wait.message(), context))
        : new OutcomeMark(new Mark.Running(run.id()), Optional.empty());
  }

  /// The edit that makes the task's line look so.
  Edit on(Task task) {
    return new Edit.Rewrite(task, mark, tail);
  }

  private static Optional<String> tail(String reason, DaemonContext context) {
    return Optional.of(TailText.of(context.conceal(reason))).filter(text -> !text.isEmpty());
  }
}
