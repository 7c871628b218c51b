package adw.task.file;

import adw.task.Task;
import adw.task.TaskDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The lines of a save by their text. They are sorted when one is first looked for: of thousands
/// that are gone at once each asks.
final class KeptLines {
  private final TaskDocument before;
  private final TaskDocument after;
  private final LineMatching matching;
  private Optional<Map<String, Task>> kept = Optional.empty();
  private Optional<Set<String>> texts = Optional.empty();

  KeptLines(TaskDocument before, TaskDocument after, LineMatching matching) {
    this.before = before;
    this.after = after;
    this.matching = matching;
  }

  /// The first task of the save that had this text in the last version.
  Optional<Task> find(String key) {
    if (kept.isEmpty()) {
      kept = Optional.of(byTextBefore());
    }
    return Optional.ofNullable(kept.get().get(key));
  }

  private Map<String, Task> byTextBefore() {
    var byText = new HashMap<String, Task>();
    var tasks = before.tasks();
    for (var i = 0; i < tasks.size(); i++) {
      if (matching.to(i) >= 0) {
        byText.putIfAbsent(LineMatching.key(tasks.get(i)), after.tasks().get(matching.to(i)));
      }
    }
    return byText;
  }

  /// Whether any task of the save has this text.
  boolean isInSave(String key) {
    if (texts.isEmpty()) {
      var all = new HashSet<String>();
      after.tasks().forEach(task -> all.add(LineMatching.key(task)));
      texts = Optional.of(all);
    }
    return texts.get().contains(key);
  }
}
