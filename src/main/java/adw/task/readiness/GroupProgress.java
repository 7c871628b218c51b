package adw.task.readiness;

import adw.task.Progress;
import adw.task.Task;
import adw.task.TaskDocument;

/// How far each task of a document is: a group as far as its subtasks together, others as their
/// marks say.
final class GroupProgress {
  private final Progress[] found;

  private GroupProgress(int tasks) {
    this.found = new Progress[tasks];
  }

  static GroupProgress of(TaskDocument document) {
    var tasks = document.tasks();
    var progress = new GroupProgress(tasks.size());
    // Subtasks stand below their group, so from the bottom up they are known when it is reached.
    for (var task : tasks.reversed()) {
      progress.found[task.index()] =
          task.isGroup() ? progress.together(task) : task.mark().progress();
    }
    return progress;
  }

  Progress of(Task task) {
    return found[task.index()];
  }

  private Progress together(Task group) {
    var open = 0;
    var done = 0;
    var ended = 0;
    for (var child : group.children()) {
      switch (of(child)) {
        case PENDING, EMPTY -> open++;
        case RUNNING -> {
          return Progress.RUNNING;
        }
        case DONE -> done++;
        case FAILED -> ended++;
      }
    }
    if (open + done + ended == 0) {
      return Progress.EMPTY;
    }
    if (open == 0) {
      return ended == 0 ? Progress.DONE : Progress.FAILED;
    }
    return done + ended == 0 ? Progress.PENDING : Progress.RUNNING;
  }
}
