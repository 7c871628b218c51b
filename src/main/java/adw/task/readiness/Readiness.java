package adw.task.readiness;

import adw.task.DueTime;
import adw.task.Mark;
import adw.task.Progress;
import adw.task.Schedule;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.TaskFaults;
import adw.task.TaskNames;
import adw.task.TaskScope;
import adw.task.readiness.Decision.Held;
import adw.task.readiness.Decision.Ready;
import adw.task.readiness.Decision.Started;
import adw.task.readiness.Decision.State;
import adw.task.readiness.Decision.Waiting;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides for each task of a file whether it can start now, in one pass from top to bottom.
public final class Readiness {
  private static final State FREE = new Ready(List.of());
  private static final State OF_TEMPLATE = new Waiting("its template, whose copies are run");

  private final TaskDocument document;
  private final Facts facts;
  private final ZonedDateTime now;
  private final TaskNames names;
  private final GroupProgress progress;
  private final Map<Integer, String> cycles;
  private final Prerequisites prerequisites;
  private final TemplateCopies copies;
  private final Optional<State> fileState;

  /// What the mark of a group, and those around it, say to its subtasks; of a group that has ended
  /// none of them asks.
  private final Map<Integer, State> groups = new HashMap<>();

  /// By NAME the task whose turn it is.
  private final Map<String, Task> turns = new HashMap<>();

  private @Nullable TaskScope scope;
  private @Nullable Task firstNotDone;

  private Readiness(TaskDocument document, Facts facts, ZonedDateTime now) {
    this.document = document;
    this.facts = facts;
    this.now = now;
    this.names = TaskNames.of(document);
    this.progress = GroupProgress.of(document);
    this.cycles = DependencyCycles.of(document, names, progress);
    this.prerequisites = new Prerequisites(document, names, progress, facts);
    this.copies = new TemplateCopies(document);
    this.fileState = stateOfFile(document);
  }

  /// In file order, one for each task.
  public static List<Decision> of(TaskDocument document, Facts facts, ZonedDateTime now) {
    return new Readiness(document, facts, now).decide();
  }

  private static Optional<State> stateOfFile(TaskDocument document) {
    if (document.hasConflictMarkers()) {
      return Optional.of(new Held("the file holds git conflict markers", "resolve the conflict"));
    }
    return document.isPaused()
        ? Optional.of(new Waiting("<!-- adw: pause --> in the file"))
        : Optional.empty();
  }

  private List<Decision> decide() {
    for (var task : document.tasks()) {
      task.scope().name().filter(_ -> holdsWorktree(task)).ifPresent(n -> turns.put(n, task));
    }
    var decisions = new ArrayList<Decision>(document.tasks().size());
    for (var task : document.tasks()) {
      firstNotDone = scope == task.scope() ? firstNotDone : null;
      scope = task.scope();
      decisions.add(new Decision(task, stateOf(task)));
      if (firstNotDone == null && Prerequisites.countsAsAbove(task) && !isDone(task)) {
        firstNotDone = task;
      }
    }
    return decisions;
  }

  /// Whether a bare `[⏰]` that has not started stands below this task in its scope: until then the
  /// task stays above it, because the other one builds on its commit.
  public static boolean isStillNeeded(TaskDocument document, Task task) {
    return document.tasksOf(task.scope()).stream()
        .filter(other -> other.line() > task.line() && !other.isParked())
        .filter(other -> other.mark() instanceof Mark.Blocked(var after) && after.isEmpty())
        .anyMatch(other -> !other.isOfTemplate());
  }

  private boolean holdsWorktree(Task task) {
    return task.mark().progress() == Progress.RUNNING
        && !task.isGroup()
        && !(task.hasTag("approve") && facts.isGate(task));
  }

  private boolean isDone(Task task) {
    return progress.of(task) == Progress.DONE && !Prerequisites.isDiscarded(task);
  }

  private State stateOf(Task task) {
    if (task.isGroup()) {
      return stateOfGroup(task);
    }
    return task.mark().progress() == Progress.PENDING ? start(task, allowed(task)) : new Started();
  }

  private State stateOfGroup(Task group) {
    var isTemplate = group.mark() instanceof Mark.Template;
    var state = progress.of(group).hasEnded() && !isTemplate ? FREE : allowed(group);
    groups.put(group.index(), isTemplate && !(state instanceof Held) ? OF_TEMPLATE : state);
    var fault = findFault(group);
    if (fault.isPresent()) {
      return fault.get();
    }
    if (progress.of(group) == Progress.EMPTY) {
      return new Held("the group has no subtasks", "indent task lines below it");
    }
    return isTemplate ? state : new Decision.Group(progress.of(group));
  }

  /// What the lines around a task and its own mark say, before anything is asked of the world.
  private State allowed(Task task) {
    var fault = findFault(task);
    if (fault.isPresent()) {
      return fault.get();
    }
    if (task.isParked()) {
      return new Waiting(
          "being moved: nothing below Backlog, Later, Ideas, Deferred or Someday is run");
    }
    var group = task.parent().map(parent -> groups.get(parent.index()));
    if (group.isPresent() && !(group.get() instanceof Ready)) {
      return group.get();
    }
    var own = own(task);
    return group.isPresent() && own instanceof Ready ready
        ? Prerequisites.together((Ready) group.get(), ready)
        : own;
  }

  private Optional<State> findFault(Task task) {
    if (fileState.isPresent()) {
      return fileState;
    }
    var faults = TaskFaults.of(task, names);
    if (!faults.isEmpty()) {
      return Optional.of(new Held(faults.getFirst().what(), faults.getFirst().cure()));
    }
    return Optional.ofNullable(cycles.get(task.index()))
        .map(circle -> new Held("waits for itself: " + circle, "take one name out of [⏰ …]"));
  }

  private State own(Task task) {
    if (task.mark() instanceof Mark.Pending) {
      return FREE;
    }
    return switch (task.mark()) {
      case Mark.Blocked(var after) when after.isEmpty() ->
          firstNotDone == null ? prerequisites.above(task) : prerequisites.holding(firstNotDone);
      case Mark.Blocked(var after) -> prerequisites.named(after);
      case Mark.NotBefore time -> notBefore(task, time);
      case Mark.Template(var schedule) -> template(task, schedule);
      case Mark.Pending _, Mark.Retry _, Mark.Running _, Mark.NeedsYou _ -> FREE;
      case Mark.Done _, Mark.Failed _, Mark.Cancelled _ ->
          new Waiting("its group, which is ended in line " + task.line());
      case Mark.Malformed(var what, var cure, _) -> new Held(what, cure);
    };
  }

  private State notBefore(Task task, Mark.NotBefore mark) {
    var start = DueTime.start(mark, DueTime.ofRightClock(facts.findFirstSeen(task), now), now);
    return start.isAfter(now) ? new Waiting(DueTime.show(start)) : FREE;
  }

  private State template(Task task, Schedule schedule) {
    var copy = copies.findOpen(task);
    if (copy.isPresent()) {
      return new Waiting("its last copy, " + prerequisites.describe(copy.get()));
    }
    var since = facts.findLastCopied(task).or(() -> facts.findFirstSeen(task));
    if (since.filter(s -> DueTime.hasFired(schedule, s, now)).isPresent()) {
      return new Decision.Due();
    }
    return new Waiting(schedule.next(now).map(DueTime::show).orElse("a time that never comes"));
  }

  private State start(Task task, State allowed) {
    if (!(allowed instanceof Ready ready)) {
      return allowed;
    }
    var asks = task.hasTag("approve");
    if (asks && facts.isGate(task)) {
      return new Decision.Gate();
    }
    var turn = task.scope().name().map(turns::get);
    if (turn.isPresent()) {
      return new Waiting(prerequisites.describe(turn.get()) + " in the same worktree");
    }
    var obstacle = facts.findObstacle(task);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    task.scope().name().ifPresent(name -> turns.put(name, task));
    return asks ? new Decision.AsksFirst(ready.prerequisites()) : allowed;
  }
}
