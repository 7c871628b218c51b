package adw.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong with one task, as far as the file alone can tell.
public final class TaskFaults {
  private TaskFaults() {}

  public static List<TaskFinding> of(Task task, TaskNames names) {
    var unknown = isToStart(task) ? task.findUnknownAgent() : Optional.<String>empty();
    if (task.settings().isEmpty() && task.scope().fault().isEmpty() && unknown.isEmpty()) {
      return List.of();
    }
    var faults = new ArrayList<TaskFinding>();
    if (unknown.isPresent()) {
      faults.add(
          TaskFinding.error(
              task.line(),
              "no agent is called @" + unknown.get(),
              "adw agents lists them; put it in back-quotes if it is text"));
    }
    task.scope()
        .fault()
        .ifPresent(fault ->
            faults.add(
                TaskFinding.error(
                    task.line(),
                    "its worktree cannot be made: " + fault,
                    "rename the heading in line " + task.scope().line())));
    task.settings()
        .faults()
        .forEach(fault ->
            faults.add(
                TaskFinding.error(
                    task.line(), fault, "settings are #name, base=, budget=2, timeout=30m")));
    task.name()
        .filter(names::isTwice)
        .ifPresent(name ->
            faults.add(
                TaskFinding.error(
                    task.line(),
                    "more than one task is called #" + name,
                    "give them different names")));
    return faults;
  }

  private static boolean isToStart(Task task) {
    return !task.isParked() && task.mark().progress() == Progress.PENDING;
  }
}
