package adw.daemon.attempt;

import adw.task.Task;
import adw.task.TaskDocument;
import java.util.Optional;

/// The task file as the loop read it last, for the threads of the runs.
public final class CurrentTasks {
  private volatile Optional<TaskDocument> last = Optional.empty();

  public void read(TaskDocument document) {
    last = Optional.of(document);
  }

  /// The task that this run is at, as it is worded now; empty if its line is gone.
  Optional<Task> find(String run) {
    return last.flatMap(document -> document.findById(run));
  }
}
