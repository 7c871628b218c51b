package adw.task;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with one task, as far as the file alone can tell.
final class Faults {
  private Faults() {}

  static List<Finding> of(Task task, Names names) {
    if (task.settings().isEmpty() && task.scope().fault().isEmpty()) {
      return List.of();
    }
    var faults = new ArrayList<Finding>();
    task.scope()
        .fault()
        .ifPresent(fault ->
            faults.add(
                Finding.error(
                    task.line(),
                    "its worktree cannot be made: " + fault,
                    "rename the heading in line " + task.scope().line())));
    task.settings()
        .faults()
        .forEach(fault ->
            faults.add(
                Finding.error(
                    task.line(), fault, "settings are #name, base=, budget=2, timeout=30m")));
    task.name()
        .filter(names::isTwice)
        .ifPresent(name ->
            faults.add(
                Finding.error(
                    task.line(),
                    "more than one task is called #" + name,
                    "give them different names")));
    return faults;
  }
}
