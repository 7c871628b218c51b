package adw.task.readiness;

import adw.task.Mark;
import adw.task.Progress;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.TaskNames;
import adw.task.readiness.Decision.Held;
import adw.task.readiness.Decision.Prerequisite;
import adw.task.readiness.Decision.Ready;
import adw.task.readiness.Decision.State;
import adw.task.readiness.Decision.Waiting;
import adw.text.RunId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a `[⏰]` waits for, and what it builds on once all of that is done.
final class Prerequisites {
  private static final int SHOWN = 40;
  private final TaskDocument document;
  private final TaskNames names;
  private final GroupProgress progress;
  private final Facts facts;
  private @Nullable Task described;
  private String description = "";

  Prerequisites(TaskDocument document, TaskNames names, GroupProgress progress, Facts facts) {
    this.document = document;
    this.names = names;
    this.progress = progress;
    this.facts = facts;
  }

  /// Groups count by their subtasks; parked lines and templates are no part of the queue.
  static boolean countsAsAbove(Task task) {
    return !task.isParked() && task.children().isEmpty() && !task.isOfTemplate();
  }

  /// Every task above in the scope, all of which are known to be done.
  Ready above(Task task) {
    var done = new ArrayList<Prerequisite>();
    for (var other : document.tasksOf(task.scope())) {
      if (other.equals(task)) {
        break;
      }
      if (countsAsAbove(other)) {
        add(other, done);
      }
    }
    return new Ready(done);
  }

  /// Exactly these; of several reasons not to start, what a person must mend comes first.
  State named(List<String> after) {
    var done = new ArrayList<Prerequisite>();
    var others = new ArrayList<State>();
    for (var name : after) {
      switch (named(name)) {
        case Ready ready -> done.addAll(ready.prerequisites());
        case State other -> others.add(other);
      }
    }
    return others.stream()
        .filter(Held.class::isInstance)
        .findFirst()
        .or(() -> others.stream().findFirst())
        .orElseGet(() -> ready(done));
  }

  private State named(String name) {
    if (names.isTwice(name)) {
      return new Held("more than one task is called #" + name, "give them different names");
    }
    return names.find(name).map(task -> inFile(name, task)).orElseGet(() -> notInFile(name));
  }

  private State inFile(String name, Task task) {
    var leaves = leaves(task);
    var discarded = leaves.stream().filter(Prerequisites::isDiscarded).findFirst();
    if (progress.of(task) == Progress.DONE && discarded.isEmpty()) {
      var done = new ArrayList<Prerequisite>();
      leaves.forEach(leaf -> add(leaf, done));
      return ready(done);
    }
    return facts
        .findFate(name)
        .flatMap(Prerequisites::done)
        .orElseGet(() -> holding(discarded.orElse(task)));
  }

  /// Work that was cancelled or thrown away; a line that a person skipped before it ran has no id
  /// and is in nobody's way.
  static boolean isDiscarded(Task task) {
    return task.mark() instanceof Mark.Cancelled(var id) && id.isPresent();
  }

  /// What a task that is not done means to those that wait for it.
  State holding(Task task) {
    return task.mark() instanceof Mark.Cancelled(var id) && id.isPresent()
        ? discarded(id.get())
        : new Waiting(describe(task));
  }

  private static Held discarded(String id) {
    return new Held(RunId.digits(id) + " was discarded", "write [] to run this without it");
  }

  private State notInFile(String name) {
    return facts
        .findFate(name)
        .map(fate ->
            switch (fate) {
              case Facts.Fate.Done done -> done(done).orElseThrow();
              case Facts.Fate.Open _ -> new Waiting(name);
              case Facts.Fate.Failed _ -> new Waiting(name + ", which failed");
              case Facts.Fate.Discarded(var id) -> discarded(id);
            })
        .orElseGet(() ->
            new Held("no task is called " + name, "name one with {#" + name + "} at its end"));
  }

  private static Optional<State> done(Facts.Fate fate) {
    return fate instanceof Facts.Fate.Done(var id, var commit)
        ? Optional.of(
            new Ready(List.of(new Prerequisite(Optional.empty(), commit, Optional.of(id)))))
        : Optional.empty();
  }

  private static List<Task> leaves(Task task) {
    var leaves = new ArrayList<Task>();
    var open = new ArrayDeque<>(List.of(task));
    while (!open.isEmpty()) {
      var next = open.pop();
      if (next.children().isEmpty()) {
        leaves.add(next);
      }
      next.children().reversed().forEach(open::push);
    }
    return leaves;
  }

  /// A line marked done by hand, without commit and id, leaves nothing to build on.
  private static void add(Task task, List<Prerequisite> done) {
    if (task.mark() instanceof Mark.Done(var commit, var id)
        && (commit.isPresent() || id.isPresent())) {
      done.add(new Prerequisite(Optional.of(task), commit, id));
    }
  }

  static State together(Ready group, Ready own) {
    if (own.prerequisites().isEmpty()) {
      return group;
    }
    var all = new ArrayList<>(group.prerequisites());
    all.addAll(own.prerequisites());
    return ready(all);
  }

  private static Ready ready(List<Prerequisite> done) {
    return new Ready(
        new LinkedHashSet<>(done).stream().sorted(Prerequisites::inFileOrder).toList());
  }

  private static int inFileOrder(Prerequisite one, Prerequisite other) {
    return Integer.compare(line(one), line(other));
  }

  private static int line(Prerequisite done) {
    return done.task().map(Task::line).orElse(0);
  }

  /// Many tasks wait for the same one, so the last answer is kept.
  String describe(Task task) {
    if (!task.equals(described)) {
      described = task;
      description = "line " + task.line() + standing(task) + ": " + cut(task.title());
    }
    return description;
  }

  private String standing(Task task) {
    return switch (progress.of(task)) {
      case FAILED -> ", which failed";
      case RUNNING -> ", in progress";
      case PENDING, EMPTY, DONE -> "";
    };
  }

  private static String cut(String text) {
    var end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
    return end < text.length() ? text.substring(0, end) + "…" : text;
  }
}
