package adw.daemon;

import adw.run.Outcome;
import adw.run.Run;
import adw.task.Document;
import adw.task.Edit;
import adw.task.Mark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Lines that became done and go to the end of their scope's Done section, as soon as no blocked
/// task below them builds on them by its place.
final class Moves {
  private final Site site;
  private final Set<String> ids = new LinkedHashSet<>();

  Moves(Site site) {
    this.site = site;
  }

  void add(Run run) {
    if (run.outcome().filter(Outcome::isDone).isPresent()
        && site.settings().trigger().layout() == Settings.Layout.AUTO
        && !site.isTracked()) {
      ids.add(run.id());
    }
  }

  /// The moves that can be made now; they are not asked for again.
  List<Edit> take(Document document) {
    var edits = new ArrayList<Edit>();
    for (var id : List.copyOf(ids)) {
      var task = document.findById(id);
      if (task.isPresent() && document.isStillNeeded(task.get())) {
        continue;
      }
      ids.remove(id);
      task.filter(found -> found.mark() instanceof Mark.Done && found.parent().isEmpty())
          .ifPresent(found -> edits.add(new Edit.MoveToDone(found)));
    }
    return edits;
  }
}
