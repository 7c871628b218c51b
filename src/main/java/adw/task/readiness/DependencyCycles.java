package adw.task.readiness;

import adw.task.Mark;
import adw.task.Progress;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.TaskNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tasks that wait for each other in a circle, in time linear in the file.
///
/// A node is a task, or "everything above task i in its scope": with these second nodes a bare
/// `[⏰]` is one edge and not one for each task above it.
final class DependencyCycles {
  private record Visit(int node, Iterator<Integer> edges) {}

  private enum Color {
    NEW,
    OPEN,
    CLOSED
  }

  private static final int SHOWN = 8;

  private final List<Task> tasks;
  private final TaskNames names;
  private final GroupProgress progress;

  /// The last task above that counts for a bare `[⏰]`, or -1.
  private final int[] above;

  private final Color[] colors;
  private final List<Visit> path = new ArrayList<>();

  /// Where a node is in the path.
  private final int[] depth;

  /// By place in the path: from where on up to it all belong to a circle that was found.
  private final int[] known;

  private final Map<Integer, String> found = new HashMap<>();

  private DependencyCycles(TaskDocument document, TaskNames names, GroupProgress progress) {
    this.tasks = document.tasks();
    this.names = names;
    this.progress = progress;
    this.above = new int[tasks.size()];
    this.colors = new Color[2 * tasks.size()];
    this.depth = new int[colors.length];
    this.known = new int[colors.length];
    Arrays.fill(colors, Color.NEW);
  }

  /// By index of the task: how the circle runs. Only names can point down and close one.
  static Map<Integer, String> of(TaskDocument document, TaskNames names, GroupProgress progress) {
    if (document.tasks().stream().noneMatch(DependencyCycles::waitsForNames)) {
      return Map.of();
    }
    var cycles = new DependencyCycles(document, names, progress);
    cycles.linkAbove();
    for (var task : cycles.tasks) {
      cycles.visit(task.index());
    }
    return cycles.found;
  }

  private static boolean waitsForNames(Task task) {
    return task.mark() instanceof Mark.Blocked(var after) && !after.isEmpty();
  }

  private void linkAbove() {
    var last = -1;
    for (var task : tasks) {
      var isFirst = task.index() == 0 || tasks.get(task.index() - 1).scope() != task.scope();
      last = isFirst ? -1 : last;
      above[task.index()] = last;
      last = Prerequisites.countsAsAbove(task) ? task.index() : last;
    }
  }

  private void visit(int start) {
    open(start);
    while (!path.isEmpty()) {
      var edges = path.getLast().edges;
      if (edges.hasNext()) {
        open(edges.next());
      } else {
        colors[path.removeLast().node] = Color.CLOSED;
      }
    }
  }

  private void open(int node) {
    switch (colors[node]) {
      case NEW -> {
        colors[node] = Color.OPEN;
        depth[node] = path.size();
        known[path.size()] = path.size();
        path.add(new Visit(node, edges(node)));
      }
      case OPEN -> report(node);
      case CLOSED -> {}
    }
  }

  /// The circle runs from the node's place in the path to the path's end. Tasks that are in one
  /// already are passed over at once.
  private void report(int node) {
    var from = depth[node];
    var run = run(from);
    for (var at = path.size() - 1; at >= from; ) {
      if (path.get(at).node < tasks.size()) {
        found.putIfAbsent(path.get(at).node, run);
      }
      var before = known[at] - 1;
      known[at] = Math.min(known[at], from);
      at = before;
    }
  }

  private String run(int from) {
    var circle =
        path.subList(from, path.size()).stream()
            .filter(visit -> visit.node < tasks.size())
            .map(visit -> tasks.get(visit.node))
            .limit(SHOWN + 1)
            .toList();
    var shown =
        circle.stream()
            .limit(SHOWN)
            .map(DependencyCycles::called)
            .collect(Collectors.joining(" → "));
    return shown + (circle.size() > SHOWN ? " → …" : " → " + called(circle.getFirst()));
  }

  private static String called(Task task) {
    return task.name().map(name -> "#" + name).orElse("line " + task.line());
  }

  private Iterator<Integer> edges(int node) {
    return node < tasks.size() ? ofTask(tasks.get(node)) : ofAllAbove(node - tasks.size());
  }

  private Iterator<Integer> ofAllAbove(int index) {
    var last = above[index];
    return last < 0 ? Collections.emptyIterator() : List.of(last, last + tasks.size()).iterator();
  }

  private Iterator<Integer> ofTask(Task task) {
    if (progress.of(task) == Progress.DONE) {
      return Collections.emptyIterator();
    }
    var edges = new ArrayList<Integer>();
    task.children().forEach(child -> edges.add(child.index()));
    if (!task.isGroup()) {
      for (var at = Optional.of(task); at.isPresent(); at = at.get().parent()) {
        addMark(at.get(), edges);
      }
    }
    return edges.iterator();
  }

  private void addMark(Task task, List<Integer> edges) {
    if (task.mark() instanceof Mark.Blocked(var after)) {
      if (after.isEmpty()) {
        edges.add(task.index() + tasks.size());
      }
      after.forEach(name -> names.find(name).ifPresent(target -> edges.add(target.index())));
    }
  }
}
