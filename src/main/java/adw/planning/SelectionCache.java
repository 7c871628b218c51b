package adw.planning;

import adw.task.Task;
import adw.workflow.Selection;
import adw.workflow.Workflow;
import adw.workflow.Workflows;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the tasks of one file select at one moment. The same tags and agent select the same for
/// every task, so each pair of them is looked up once; a shell task's own code counts too.
final class SelectionCache {
  private final Workflows workflows;
  private Set<String> names = Set.of();

  /// By tags and agent. No record is a key here: how it is compared would be linked at each start
  /// of `adw status`, which takes longer than all the lookups.
  private final Map<Entry<List<String>, Optional<String>>, Selection> known = new HashMap<>();

  /// By workflow and agent.
  private final Map<Entry<String, Optional<String>>, Optional<Selection.Unusable>> rests =
      new HashMap<>();

  private final Map<Entry<String, Optional<String>>, List<String>> warnings = new HashMap<>();

  SelectionCache(Workflows workflows) {
    this.workflows = workflows;
  }

  Selection of(Task task) throws IOException {
    var tags = task.tags();
    var key = Map.entry(tags, task.agent()); // read out of the text at each question
    var same = known.get(key);
    if (same != null && isSameForAll(same, task)) {
      return same;
    }
    var selection =
        workflows.select(new Workflows.Wish(tags, task.text(), task.body(), key.getValue()));
    if (isSameForAll(selection, task)) {
      known.put(key, selection);
    }
    return selection;
  }

  /// What people should know before the workflow starts.
  List<String> warnings(Workflow workflow, Optional<String> agent) {
    return warnings.computeIfAbsent(
        Map.entry(workflow.name(), agent), _ -> workflows.warnings(workflow, agent));
  }

  /// Whether a tag says what is to run.
  boolean isAnyNamed(List<String> tags) throws IOException {
    return workflows.isAnyNamed(tags);
  }

  /// What a tag can name, and those of the words with a meaning of their own that decide whether
  /// anything runs.
  Set<String> names() throws IOException {
    if (names.isEmpty()) {
      var all = new TreeSet<>(workflows.names());
      all.addAll(List.of("sh", "approve"));
      names = Set.copyOf(all);
    }
    return names;
  }

  /// Why the workflow that a task selects is better not started just now.
  Optional<Selection.Unusable> findRest(Workflow workflow, Optional<String> agent) {
    return rests.computeIfAbsent(
        Map.entry(workflow.name(), agent), _ -> workflows.findRest(workflow, agent));
  }

  private static boolean isSameForAll(Selection selection, Task task) {
    var isProgram =
        selection instanceof Selection.Chosen(var workflow)
            && !(workflow.kind() instanceof Workflow.Kind.Shell);
    return isProgram || !mayHoldCode(task);
  }

  /// A span or a block of code needs one of these characters; without it every shell task is alike.
  private static boolean mayHoldCode(Task task) {
    return hasFence(task.text()) || hasFence(task.body());
  }

  private static boolean hasFence(String text) {
    return text.indexOf('`') >= 0 || text.indexOf('~') >= 0;
  }
}
