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
}
