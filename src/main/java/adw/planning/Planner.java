package adw.planning;

import adw.git.config.BaseLook;
import adw.git.config.RepositoryPaths;
import adw.os.ProblemWords;
import adw.run.RunStore;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.file.PutBackLines;
import adw.task.readiness.Decision;
import adw.task.readiness.Readiness;
import adw.text.NearestName;
import adw.workflow.Selection;
import adw.workflow.Workflow;
import adw.workflow.Workflows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What would happen with each task now, and why not: one truth for the loop, `--dry-run`, status
/// and check. It opens no repository, so that looking costs little.
public final class Planner {
  private static final int SHORTEST_NAME = 5;
  private static final Set<String> OTHER_TAGS = Set.of("report", "epic", "group");

  private final View view;
  private final UnknownBases unknownBases;
  private final Map<Optional<String>, Optional<Decision.Held>> bases = new HashMap<>();
  private final BusyScopes scopes;
  private final FailureStreaks streaks;
  private final TimedLines sightings;
  private SelectionCache selections;
  private FailureStreaks.Pauses pauses = FailureStreaks.Pauses.NONE;
  private PutBackLines putBacks = PutBackLines.NONE;
  private Optional<RateLimits.Met> limits = Optional.empty();
  private Instant now = Instant.EPOCH;

  /// What it looks at.
  ///
  /// @param git where the repository lies
  /// @param commits the commit of a run that has no record here
  /// @param startBranch the branch that was checked out when the loop began, or is now
  public record View(
      Path checkout,
      RepositoryPaths git,
      Optional<String> startBranch,
      Worktrees worktrees,
      RunStore runs,
      Workflows workflows,
      Function<String, Optional<String>> commits) {}

  /// What the settings say of worktrees, as far as it holds tasks.
  ///
  /// @param folder of all worktrees, absolute
  /// @param base the base branch, or "" for the one that the repository suggests
  /// @param fetch whether a base that is not known here may be fetched
  public record Worktrees(Path folder, String base, boolean fetch) {}

  /// What becomes of a base that is not known here, and that a remote may have.
  public interface UnknownBases {
    /// Why its tasks cannot start now.
    Optional<Decision.Held> findObstacle(String base);
  }

  /// For who only looks: whether a remote has a base is for the loop to find out.
  public Planner(View view) {
    this(view, _ -> Optional.empty());
  }

  public Planner(View view, UnknownBases unknownBases) {
    this.view = view;
    this.unknownBases = unknownBases;
    this.scopes = new BusyScopes(view);
    this.streaks = new FailureStreaks(view.runs().state());
    this.sightings = new TimedLines(view.runs().state());
    this.selections = new SelectionCache(view.workflows());
  }

  /// For the loop, which takes note of timed lines that are new.
  public List<Decision> decisions(TaskDocument document, ZonedDateTime now) throws IOException {
    sightings.observe(document, now.toInstant());
    return decide(document, now);
  }

  /// For whoever only looks: writes nothing.
  public List<Decision> preview(TaskDocument document, ZonedDateTime now) throws IOException {
    sightings.recall(document);
    return decide(document, now);
  }

  private List<Decision> decide(TaskDocument document, ZonedDateTime time) throws IOException {
    selections = new SelectionCache(view.workflows().look());
    pauses = streaks.look();
    putBacks = PutBackLines.read(view.runs().state().root());
    limits = Optional.empty();
    now = time.toInstant();
    bases.clear();
    return Readiness.of(
        document,
        new RecordedFacts(view.runs(), sightings, view.commits(), this::findObstacle, this::isGate),
        time);
  }

  /// A copy of the template is about to be put into the file.
  public void copied(Task template, ZonedDateTime now) throws IOException {
    sightings.copied(template, now.toInstant());
  }

  /// What the tags of a task select.
  public Selection select(Task task) throws IOException {
    return selections.of(task);
  }

  /// What people should know before a task that can start does.
  public List<String> warnings(Task task) throws IOException {
    return select(task) instanceof Selection.Chosen(var workflow)
        ? selections.warnings(workflow, task.agent())
        : List.of();
  }

  private Optional<Decision.Held> findObstacle(Task task) {
    try {
      var putBack = putBacks.findHold(task).map(Planner::likeEnded);
      var scope = putBack.isPresent() ? putBack : scopeObstacle(task);
      var misspelt = scope.isPresent() ? scope : findMisspelt(task);
      var obstacle = misspelt.isPresent() ? misspelt : baseObstacle(task);
      return obstacle.isPresent() ? obstacle : workflowObstacle(task);
    } catch (IOException | UncheckedIOException e) {
      return Optional.of(unusable(e));
    }
  }

  private static Decision.Held likeEnded(String runId) {
    return new Decision.Held(
        "like " + runId + ", which has ended", "save again after reloading to run it");
  }

  /// One of which nobody can tell is none: what is in the way says so.
  private boolean isGate(Task task) {
    try {
      return task.agent().isEmpty()
          && findMisspelt(task).isEmpty()
          && !selections.isAnyNamed(task.tags());
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /// A file that only this task needs holds this task only.
  private static Decision.Held unusable(Exception e) {
    return new Decision.Held(ProblemWords.of(e), "mend that file: it is looked at again");
  }

  /// A tag that is nearly a workflow's name must not pay an agent for what the workflow would do.
  private Optional<Decision.Held> findMisspelt(Task task) throws IOException {
    for (var tag : task.tags()) {
      var meant = isKnown(tag) ? Optional.<String>empty() : findMeant(tag);
      if (meant.isPresent()) {
        return Optional.of(
            new Decision.Held(
                "#" + tag + " names no workflow",
                NearestName.question("#" + meant.get()) + " put it in back-quotes if it is text"));
      }
    }
    return Optional.empty();
  }

  private boolean isKnown(String tag) throws IOException {
    return selections.names().contains(tag)
        || view.workflows().findModel(List.of(tag)).isPresent()
        || OTHER_TAGS.contains(tag);
  }

  /// Short names are too close to too many words.
  private Optional<String> findMeant(String tag) throws IOException {
    var names = new TreeSet<String>();
    for (var name : selections.names()) {
      if (name.length() >= SHORTEST_NAME || name.equalsIgnoreCase(tag)) {
        names.add(name);
      }
    }
    return NearestName.findSlip(tag, names);
  }

  /// Looked at once for all tasks of one base.
  private Optional<Decision.Held> baseObstacle(Task task) throws IOException {
    var base = task.settings().base();
    var known = bases.get(base);
    if (known == null) {
      known = findBaseObstacle(base);
      bases.put(base, known);
    }
    return known;
  }

  private Optional<Decision.Held> findBaseObstacle(Optional<String> wanted) throws IOException {
    var base = wanted.orElse(view.worktrees().base());
    var look = new BaseLook(view.git(), view.startBranch(), now);
    return switch (base.isBlank() ? look.findUsual() : look.find(base)) {
      case BaseLook.Found.Here _ -> Optional.empty();
      case BaseLook.Found.Nowhere(var why, var cure) -> Optional.of(new Decision.Held(why, cure));
      case BaseLook.Found.Elsewhere(var name) when view.worktrees().fetch() ->
          unknownBases.findObstacle(name);
      case BaseLook.Found.Elsewhere(var name) ->
          Optional.of(
              new Decision.Held(
                  "branch " + name + " is not known here, and [worktree] fetch is off",
                  "git fetch origin " + name));
    };
  }

  private Optional<Decision.Held> workflowObstacle(Task task) throws IOException {
    var selection = select(task); // the first switch over types would cost status milliseconds
    if (selection instanceof Selection.Chosen chosen) {
      return playerObstacle(task, chosen.workflow());
    }
    return Optional.of(held((Selection.Unusable) selection));
  }

  private static Decision.Held held(Selection.Unusable unusable) {
    return new Decision.Held(unusable.why(), unusable.cure());
  }

  /// Why whoever plays the task starts nothing now.
  private Optional<Decision.Held> playerObstacle(Task task, Workflow workflow) throws IOException {
    var player = task.agent().orElse(workflow.name());
    var streak = pauses.find(player);
    if (streak.isPresent()) {
      return streak.map(why -> new Decision.Held(why, "mend it, then: adw resume"));
    }
    var limit = limits().find(player);
    if (limit.isPresent()) {
      return limit.map(
          end -> new Decision.Held(player + " has met a rate limit", "it starts at " + end));
    }
    return selections.findRest(workflow, task.agent()).map(Planner::held);
  }

  /// Looked at where a task is ready, once.
  private RateLimits.Met limits() throws IOException {
    var met = limits.isPresent() ? limits.get() : RateLimits.look(view.runs(), now);
    limits = Optional.of(met);
    return met;
  }

  /// A scope's branch is its runs' alone.
  private Optional<Decision.Held> scopeObstacle(Task task) throws IOException {
    var name = task.scope().name().filter(_ -> task.scope().fault().isEmpty());
    return name.isPresent() ? scopes.findObstacle(name.get()) : Optional.empty();
  }
}
