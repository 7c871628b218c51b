package adw.task;

/// The task file cannot be read as one: where, what, and what to do.
public final class TaskFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TaskFileException(String message) {
    super(message);
  }
}
