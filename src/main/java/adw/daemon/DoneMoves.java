package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonSettings;
import adw.json.Json;
import adw.json.JsonFile;
import adw.run.Outcome;
import adw.run.Run;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.TaskDocument;
import adw.task.readiness.Readiness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Lines that became done and go to the end of their scope's Done section, as soon as no blocked
/// task below them builds on them by its place. Those that wait for that are kept in
/// `STATE/moves.json`, for whoever is there by then; written under the task-file lock.
final class DoneMoves {
  private static final String WAITING = "waiting";

  private final DaemonContext context;
  private final JsonFile file;
  private final Set<String> fresh = new LinkedHashSet<>();

  DoneMoves(DaemonContext context) {
    this.context = context;
    this.file = context.state().json("moves.json");
  }

  void add(Run run) {
    if (run.outcome().filter(Outcome::isDone).isPresent()
        && context.settings().trigger().layout() == DaemonSettings.Layout.AUTO
        && !context.isTracked()) {
      fresh.add(run.id());
    }
  }

  /// The moves that can be made now; they are not asked for again.
  List<Edit> take(TaskDocument document) throws IOException {
    var waited = file.read().texts(WAITING);
    var ids = new LinkedHashSet<>(waited);
    ids.addAll(fresh);
    fresh.clear();
    var waiting = new ArrayList<String>();
    var edits = new ArrayList<Edit>();
    for (var id : ids) {
      var task = document.findById(id);
      if (task.isPresent() && Readiness.isStillNeeded(document, task.get())) {
        waiting.add(id);
      } else {
        task.filter(found -> found.mark() instanceof Mark.Done && found.parent().isEmpty())
            .ifPresent(found -> edits.add(new Edit.MoveToDone(found)));
      }
    }
    keep(waiting, waited);
    return edits;
  }

  private void keep(List<String> waiting, List<String> before) throws IOException {
    if (waiting.isEmpty() && !before.isEmpty()) {
      file.delete();
    } else if (!waiting.equals(before)) {
      file.write(Json.Obj.empty().with(WAITING, Json.Arr.ofTexts(waiting)));
    }
  }
}
