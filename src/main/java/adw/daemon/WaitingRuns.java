package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.TaskDocument;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Runs that wait: for a person, or until a time. They hold no slot and no process.
final class WaitingRuns {
  private final DaemonContext context;
  private final Map<String, Run> runs = new LinkedHashMap<>();

  WaitingRuns(DaemonContext context) {
    this.context = context;
  }

  void add(Run run) throws IOException {
    context.runs().freeSlot(run.id());
    runs.put(run.id(), run);
    var wait = waitOf(run);
    context.happened(run, "waiting", "for", wait.why().word());
  }

  /// A run that waits from its beginning.
  void adopt(Run run) {
    runs.put(run.id(), run);
  }

  Optional<Run> take(String id) {
    return Optional.ofNullable(runs.remove(id));
  }

  boolean has(String id) {
    return runs.containsKey(id);
  }

  List<Run> all() {
    return List.copyOf(runs.values());
  }

  static Stage.Wait waitOf(Run run) {
    return ((Stage.Waiting) run.stage()).reason();
  }

  /// Lines that must say that a person is needed, and do not yet.
  List<Edit> edits(TaskDocument document) {
    var edits = new ArrayList<Edit>();
    for (var run : runs.values()) {
      var marks = OutcomeMark.of(run, waitOf(run), context);
      document
          .findById(run.id())
          .filter(task -> !task.mark().equals(marks.mark()))
          .ifPresent(task -> edits.add(marks.on(task)));
    }
    return edits;
  }

  /// Those whose time has come, taken out; oldest first.
  List<Run> takeDue(int atMost, Set<String> hidden) {
    var due =
        runs.values().stream()
            .filter(run -> isDue(waitOf(run)) && !hidden.contains(run.id()))
            .limit(Math.max(0, atMost))
            .toList();
    due.forEach(run -> runs.remove(run.id()));
    return due;
  }

  private boolean isDue(Stage.Wait wait) {
    return wait.until().filter(until -> !until.isAfter(context.now())).isPresent();
  }

  /// Whether none would go on by itself; one whose line is hidden would not.
  boolean isIdle(Set<String> hidden) {
    return runs.values().stream()
        .allMatch(run -> waitOf(run).until().isEmpty() || hidden.contains(run.id()));
  }

  /// Time until the next one is due. One that is due already waits for a slot, or for the end of a
  /// pause: that comes by itself.
  Optional<Duration> next() {
    return runs.values().stream()
        .flatMap(run -> waitOf(run).until().stream())
        .filter(until -> until.isAfter(context.now()))
        .min(Instant::compareTo)
        .map(until -> Duration.between(context.now(), until));
  }
}
