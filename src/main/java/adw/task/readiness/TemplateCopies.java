package adw.task.readiness;

import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/// The copies of templates that are not over: lines of the same text. One that a run ended counts
/// until its line is ticked or gone. Found for all templates at once, when the first of them is
/// asked for.
final class TemplateCopies {
  private final TaskDocument document;
  private Optional<Map<String, Task>> open = Optional.empty();

  TemplateCopies(TaskDocument document) {
    this.document = document;
  }

  /// The first of them.
  Optional<Task> findOpen(Task template) {
    if (open.isEmpty()) {
      open = Optional.of(collect());
    }
    return Optional.ofNullable(open.get().get(template.text()));
  }

  private Map<String, Task> collect() {
    var texts = new HashSet<String>();
    var lengths = new HashSet<Integer>();
    for (var task : document.tasks()) {
      if (task.mark() instanceof Mark.Template) {
        texts.add(task.text());
        lengths.add(length(task));
      }
    }
    var found = new HashMap<String, Task>();
    for (var task : document.tasks()) {
      // Few lines are as long as a template: the text of all others is not looked at.
      if (!(task.mark() instanceof Mark.Template)
          && lengths.contains(length(task))
          && texts.contains(task.text())
          && !found.containsKey(task.text())
          && isOpen(task)) {
        found.put(task.text(), task);
      }
    }
    return found;
  }

  private static int length(Task task) {
    return task.textEnd() - task.textStart();
  }

  private static boolean isOpen(Task task) {
    if (task.isGroup()) {
      return task.children().stream().anyMatch(TemplateCopies::isOpen);
    }
    var mark = task.mark();
    return !mark.isEnd() || mark.id().isPresent();
  }
}
