package adw.daemon;

import adw.daemon.attempt.PoolFiller;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunNotes;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.TaskDocument;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Starts the next attempt of a task whose last one failed: a run of its own, fresh from the base,
/// on a branch of its own, on the same line.
final class RetryStart {

  private final DaemonContext context;
  private final Runner runner;
  private final PoolFiller ahead;
  private final String daemon;

  RetryStart(DaemonContext context, Runner runner, PoolFiller ahead, String daemon) {
    this.ahead = ahead;
    this.context = context;
    this.runner = runner;
    this.daemon = daemon;
  }

  /// A crash in between leaves either the failed run waiting, or its successor on the line; never
  /// both, never neither.
  void start(FileUpdate writing, Run failed) throws IOException, InterruptedException {
    var task = writing.document().findById(failed.id());
    if (task.isEmpty()) {
      end(failed); // a daemon died when its successor was on the line
      return;
    }
    var next = record(failed);
    var linked = failed.with(failed.notes().withNext(next.id()));
    context.runs().write(linked);
    context.listener().reached(DaemonListener.Step.NEXT_RECORDED);
    var edit = new Edit.Rewrite(task.get(), new Mark.Running(next.id()), Optional.empty());
    writing.write(List.of(edit));
    context.listener().reached(DaemonListener.Step.NEXT_CLAIMED);
    end(linked);
    context.happened(next, "claimed", "retry of", failed.id());
    runner.start(next);
  }

  /// The waiting runs whose lines are away, on another branch or lost by accident: their next
  /// attempts wait until they are back.
  Set<String> hidden(TaskDocument document, List<Run> waiting) throws IOException {
    var hidden = new HashSet<String>();
    for (var run : waiting) {
      if (WaitingRuns.waitOf(run).why() == Stage.Wait.Why.RETRY
          && document.findById(run.id()).isEmpty()
          && !isFollowed(run)) {
        hidden.add(run.id());
      }
    }
    return hidden;
  }

  /// Whether its successor came to the line.
  private boolean isFollowed(Run failed) throws IOException {
    var id = failed.notes().next();
    var next = id.isPresent() ? context.runs().find(id.get()) : Optional.<Run>empty();
    return next.filter(run -> !Recovery.isWithdrawn(run)).isPresent();
  }

  private Run record(Run failed) throws IOException {
    var hasOwn = failed.order().scope().isEmpty();
    var ready = hasOwn ? ahead.promise() : Optional.<String>empty();
    var id = ready.orElseGet(() -> context.runs().newId(context.world().random()));
    var next =
        Run.claimed(id, failed.lineage().next(), failed.order(), daemon, context.now())
            .with(ofTheLine(failed));
    context.runs().write(next);
    context.runs().open(id);
    context.runs().takeSlot(id);
    return next;
  }

  /// The line's marker as its author typed it, and the budget that it shares with its group.
  private static RunNotes ofTheLine(Run failed) {
    var typed = failed.notes().marker().map(RunNotes.NONE::withMarker).orElse(RunNotes.NONE);
    return failed.notes().group().map(typed::withGroup).orElse(typed);
  }

  private void end(Run failed) throws IOException {
    var outcome = new Outcome.Failed(Outcome.Why.WORKFLOW, WaitingRuns.waitOf(failed).message());
    context.runs().write(failed.at(new Stage.Ended(outcome, true)).endedAt(context.now()));
    context.runs().close(failed.id());
  }
}
