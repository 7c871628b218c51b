package adw.task;

/// How the subtasks of a group stand together.
public enum Progress {
  EMPTY,
  PENDING,
  RUNNING,
  DONE,
  FAILED;

  /// Of every task of the document: for a group that of its subtasks, else its own.
  static Progress[] of(Document document) {
    var tasks = document.tasks();
    var found = new Progress[tasks.size()];
    // Subtasks stand below their group, so from the bottom up they are known when it is reached.
    for (var task : tasks.reversed()) {
      found[task.index()] = task.isGroup() ? together(task, found) : alone(task.mark());
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

  private static Progress alone(Mark mark) {
    return switch (mark) {
      case Mark.Done _ -> DONE;
      case Mark.Cancelled _ -> DONE;
      case Mark.Failed _ -> FAILED;
      case Mark.Running _, Mark.NeedsYou _ -> RUNNING;
      case Mark.Pending _,
          Mark.Blocked _,
          Mark.NotBefore _,
          Mark.Template _,
          Mark.Retry _,
          Mark.Malformed _ ->
          PENDING;
    };
  }
}
