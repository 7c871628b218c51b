package adw.daemon;

import adw.task.Decision;
import adw.task.Document;
import adw.task.Readiness;
import adw.task.Task;
import adw.workflow.Selection;
import adw.workflow.Workflow;
import adw.workflow.Workflows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What would happen with each task now, and why not: for the loop, `--dry-run`, status and check.
public final class Outlook {
  private final Site site;
  private final Scopes scopes;
  private final Streaks streaks;
  private final Sightings sightings;
  private final Map<List<String>, Selection> known = new HashMap<>();
  private Workflows workflows;

  public Outlook(Site site) {
    this.site = site;
    this.scopes = new Scopes(site);
    this.streaks = new Streaks(site.state());
    this.sightings = new Sightings(site.state());
    this.workflows = site.workflows();
  }

  public List<Decision> decisions(Document document) throws IOException {
    sightings.observe(document, site.now());
    workflows = site.workflows().look();
    known.clear();
    var known = new Known(site.runs(), sightings, this::findObstacle);
    return Readiness.of(document, known, site.now().atZone(site.world().zone()));
  }

  /// A copy of the template is about to be put into the file.
  void copied(Task template) throws IOException {
    sightings.copied(template, site.now());
  }

  /// What the tags of a task select.
  public Selection select(Task task) throws IOException {
    var same = known.get(task.tags());
    if (same != null) {
      return same;
    }
    var selection = workflows.select(task.tags(), task.text(), task.body());
    if (selection instanceof Selection.Chosen(var chosen)
        && !(chosen.kind() instanceof Workflow.Kind.Shell)) {
      known.put(task.tags(), selection); // only a shell task's own words count too
    }
    return selection;
  }

  private Optional<Decision.Held> findObstacle(Task task) {
    try {
      var obstacle = scopeObstacle(task);
      return obstacle.isPresent() || task.hasTag("approve") ? obstacle : workflowObstacle(task);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Decision.Held> workflowObstacle(Task task) throws IOException {
    return switch (select(task)) {
      case Selection.Unusable(var why, var cure) -> Optional.of(new Decision.Held(why, cure));
      case Selection.Chosen(var workflow) -> streakObstacle(task, workflow);
    };
  }

  private Optional<Decision.Held> streakObstacle(Task task, Workflow workflow) throws IOException {
    return streaks
        .findPause(task.agent().orElse(workflow.name()))
        .map(why -> new Decision.Held(why, "mend it, then: adw resume"));
  }

  /// A scope's branch is its runs' alone.
  private Optional<Decision.Held> scopeObstacle(Task task) throws IOException {
    var name = task.scope().name().filter(_ -> task.scope().fault().isEmpty());
    return name.isPresent() ? scopes.findObstacle(name.get()) : Optional.empty();
  }
}
