package adw.task;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds tasks by what `[⏰ …]` calls them: their `{#name}` or the id of their run.
final class Names {
  private final Map<String, Task> tasks = new HashMap<>();
  private final Set<String> twice = new HashSet<>();

  private Names() {}

  static Names of(Document document) {
    var names = new Names();
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

  Optional<Task> find(String nameOrId) {
    return Optional.ofNullable(tasks.get(nameOrId));
  }

  boolean isTwice(String name) {
    return twice.contains(name);
  }
}
