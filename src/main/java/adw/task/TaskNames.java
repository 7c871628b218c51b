package adw.task;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds tasks by what `[⏰ …]` calls them: their `{#name}` or the id of their run.
public final class TaskNames {
  private final Map<String, Task> tasks = new HashMap<>();
  private final Set<String> twice = new HashSet<>();

  private TaskNames() {}

  public static TaskNames of(TaskDocument document) {
    var names = new TaskNames();
    for (var task : document.tasks()) {
      task.name().ifPresent(name -> names.add(name, task));
    }
    for (var task : document.tasks()) {
      task.mark().id().ifPresent(id -> names.tasks.putIfAbsent(id, task));
    }
    return names;
  }

  private void add(String name, Task task) {
    if (tasks.putIfAbsent(name, task) != null) {
      twice.add(name);
    }
  }

  public Optional<Task> find(String nameOrId) {
    return Optional.ofNullable(tasks.get(nameOrId));
  }

  public boolean isTwice(String name) {
    return twice.contains(name);
  }
}
