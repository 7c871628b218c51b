package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.FaultBoundary;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.Progress;
import adw.task.Task;
import adw.task.TaskDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Runs that ended while their lines were away, on another branch or taken out by hand: once a line
/// is back it shows how its run ended. And runs whose record is damaged, of which nobody will know.
final class LateEndedRuns {
  private final DaemonContext context;
  private final FaultBoundary faults;
  private final List<Run> found = new ArrayList<>();

  LateEndedRuns(DaemonContext context, FaultBoundary faults) {
    this.context = context;
    this.faults = faults;
  }

  /// What the lines must say that are back.
  ///
  /// @param isHeld whether this daemon has the run in hand
  List<Edit> edits(TaskDocument document, Predicate<String> isHeld) throws IOException {
    found.clear();
    var edits = new ArrayList<Edit>();
    for (var task : document.tasks()) {
      var id = task.mark().id().filter(_ -> task.mark().progress() == Progress.RUNNING);
      if (id.isPresent() && !isHeld.test(id.get())) {
        faults
            .contain(id.get(), () -> edit(id.get(), task))
            .flatMap(edit -> edit)
            .ifPresent(edits::add);
      }
    }
    return edits;
  }

  private Optional<Edit> edit(String id, Task task) throws IOException {
    if (context.runs().isDamaged(id)) {
      var reason = "its record is damaged: write [retry], or look at its branch";
      return Optional.of(
          new Edit.Rewrite(task, new Mark.Failed(Optional.of(id)), Optional.of(reason)));
    }
    return context.runs().find(id).flatMap(run -> edit(run, task));
  }

  /// Also of one that the file showed once: what it was told may be lost with the journal's end, or
  /// with an old copy of the file. The record decides.
  private Optional<Edit> edit(Run run, Task task) {
    if (!(run.stage() instanceof Stage.Ended(var outcome, _)) || found.contains(run)) {
      return Optional.empty(); // of two lines with one id the first keeps it
    }
    found.add(run);
    return Optional.of(unsaid(OutcomeMark.of(run, outcome, context), task).on(task));
  }

  /// A reason that stands there already is part of the text for a journal that has lost its end.
  private static OutcomeMark unsaid(OutcomeMark marks, Task task) {
    var isSaid = marks.tail().filter(tail -> task.text().endsWith(" // " + tail)).isPresent();
    return isSaid ? new OutcomeMark(marks.mark(), Optional.empty()) : marks;
  }

  /// The file says it now.
  void reported() throws IOException {
    for (var run : found) {
      context.runs().write(run.at(new Stage.Ended(run.outcome().orElseThrow(), true)));
    }
    found.clear();
  }
}
