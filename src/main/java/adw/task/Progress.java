package adw.task;

/// How far a task is, or the subtasks of a group together.
public enum Progress {
  EMPTY,
  PENDING,
  RUNNING,
  DONE,
  FAILED;

  public boolean hasEnded() {
    return this == DONE || this == FAILED;
  }

  /// Of every task of the document: for a group that of its subtasks, else its own.
  public static Progress[] of(TaskDocument document) {
    var tasks = document.tasks();
    var found = new Progress[tasks.size()];
    // Subtasks stand below their group, so from the bottom up they are known when it is reached.
    for (var task : tasks.reversed()) {
      found[task.index()] = task.isGroup() ? together(task, found) : task.mark().progress();
    }
    return found;
  }

  private static Progress together(Task group, Progress[] found) {
    var open = 0;
    var done = 0;
    var ended = 0;
    for (var child : group.children()) {
      switch (found[child.index()]) {
        case PENDING, EMPTY -> open++;
        case RUNNING -> {
          return RUNNING;
        }
        case DONE -> done++;
        case FAILED -> ended++;
      }
    }
    if (open + done + ended == 0) {
      return EMPTY;
    }
    if (open == 0) {
      return ended == 0 ? DONE : FAILED;
    }
    return done + ended == 0 ? PENDING : RUNNING;
  }
}
