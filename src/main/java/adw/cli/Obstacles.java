package adw.cli;

import adw.task.Decision;
import adw.task.Task;
import adw.workflow.Selection;
import adw.workflow.Workflows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why a task could not start whatever the file says: no workflow, no agent. Tags select the same
/// for every task that has them, so each set of tags is looked up once; a shell task's own text
/// counts too.
final class Obstacles {
  private final Workflows workflows;
  private final Map<List<String>, Selection> known = new HashMap<>();

  Obstacles(Workflows workflows) {
    this.workflows = workflows;
  }

  Optional<Decision.Held> find(Task task) {
    try {
      // Tags are read out of the text at each question: asked once.
      var tags = task.tags();
      return tags.contains("approve") ? Optional.empty() : held(select(task, tags));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Selection select(Task task, List<String> tags) throws IOException {
    var isCode = tags.contains("sh") && mayHoldCode(task);
    var same = known.get(tags);
    if (same != null && !isCode) {
      return same;
    }
    var selection = workflows.select(tags, task.text(), task.body());
    if (!isCode) {
      known.put(tags, selection);
    }
    return selection;
  }

  /// A span or a block of code needs one of these characters; without it every shell task is alike.
  private static boolean mayHoldCode(Task task) {
    return hasFence(task.text()) || hasFence(task.body());
  }

  private static boolean hasFence(String text) {
    return text.indexOf('`') >= 0 || text.indexOf('~') >= 0;
  }

  private static Optional<Decision.Held> held(Selection selection) {
    return selection instanceof Selection.Unusable(var why, var cure)
        ? Optional.of(new Decision.Held(why, cure))
        : Optional.empty();
  }
}
