package adw.daemon;

import adw.task.Task;
import adw.workflow.Selection;
import adw.workflow.Workflow;
import adw.workflow.Workflows;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the tags of the tasks of one file select at one moment. The same tags select the same for
/// every task, so each set of them is looked up once; a shell task's own code counts too.
final class Selections {
  private final Workflows workflows;
  private final Map<List<String>, Selection> known = new HashMap<>();

  Selections(Workflows workflows) {
    this.workflows = workflows;
  }

  Selection of(Task task) throws IOException {
    var tags = task.tags(); // read out of the text at each question: asked once
    var same = known.get(tags);
    if (same != null && isSameForAll(same, task)) {
      return same;
    }
    var selection = workflows.select(tags, task.text(), task.body());
    if (isSameForAll(selection, task)) {
      known.put(tags, selection);
    }
    return selection;
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
