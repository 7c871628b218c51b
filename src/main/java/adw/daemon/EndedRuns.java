package adw.daemon;

import adw.daemon.attempt.LastGoodRound;
import adw.daemon.attempt.PortLeases;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.planning.FailureStreaks;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs whose outcome is known and not yet in the task file.
final class EndedRuns {
  private final DaemonContext context;
  private final DoneMoves moves;
  private final PortLeases ports;
  private final FailureStreaks streaks;
  private final WorktreeCleanup tidying;
  private final Map<String, Run> waiting = new LinkedHashMap<>();

  EndedRuns(DaemonContext context, DoneMoves moves, WorktreeCleanup tidying) {
    this.context = context;
    this.moves = moves;
    this.ports = new PortLeases(context.state(), context.runs());
    this.streaks = new FailureStreaks(context.state());
    this.tidying = tidying;
  }

  void add(Run run) throws IOException {
    waiting.put(run.id(), LastGoodRound.settled(context, run));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Whether none failed or was cancelled: such an end may pause what would come next.
  boolean areDone() {
    return waiting.values().stream().allMatch(run -> run.outcome().orElseThrow().isDone());
  }

  boolean has(String id) {
    return waiting.containsKey(id);
  }

  /// What the file must say of them; nothing for a run whose line is gone, or is the person's by
  /// now.
  List<Edit> edits(TaskDocument document) {
    var edits = new ArrayList<Edit>();
    for (var run : waiting.values()) {
      document.findById(run.id()).flatMap(task -> edit(run, task)).ifPresent(edits::add);
    }
    return edits;
  }

  private Optional<Edit> edit(Run run, Task task) {
    var outcome = run.outcome().orElseThrow();
    var marks = OutcomeMark.of(run, outcome, context);
    if (task.mark() instanceof Mark.Cancelled && isSetback(outcome)) {
      return Optional.empty(); // its person's no stands
    }
    var isShown = task.mark().equals(marks.mark()) && task.tail().equals(marks.tail());
    return isShown || outcome instanceof Outcome.TakenOver
        ? Optional.empty()
        : Optional.of(marks.on(task));
  }

  private static boolean isSetback(Outcome outcome) {
    return outcome instanceof Outcome.Done(_, var setback) && setback.isPresent();
  }

  /// Closes the records, once the file says it.
  void reported(TaskDocument document) throws IOException {
    for (var run : List.copyOf(waiting.values())) {
      close(run, document.findById(run.id()).isPresent());
      waiting.remove(run.id());
    }
  }

  private void close(Run run, boolean shown) throws IOException {
    var outcome = run.outcome().orElseThrow();
    var ended = run.at(new Stage.Ended(outcome, shown)).endedAt(context.now());
    context.runs().write(ended);
    context.listener().reached(DaemonListener.Step.ENDED);
    if (run.place().isPresent()) {
      ports.release(run.id(), run.place().get().port());
    }
    context.runs().freeSlot(run.id());
    context.runs().close(run.id());
    streaks.note(ended, outcome);
    tidying.tidy(ended);
    moves.add(ended);
    context.happened(ended, "reported", "outcome", words(outcome));
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var commit, var setback) ->
          "done " + commit + setback.map(why -> ", " + why).orElse("");
      case Outcome.Answered _, Outcome.TakenOver _ -> outcome.word();
      case Outcome.Failed(_, var reason) -> "failed: " + reason;
      case Outcome.Cancelled cancelled -> cancelled.sentence();
    };
  }
}
