package adw.daemon;

import adw.task.Document;
import adw.task.Task;
import java.util.Optional;

/// The task file as the loop read it last, for the threads of the runs.
final class Wordings {
  private volatile Optional<Document> last = Optional.empty();

  void read(Document document) {
    last = Optional.of(document);
  }

  /// The task that this run is at, as it is worded now; empty if its line is gone.
  Optional<Task> find(String run) {
    return last.flatMap(document -> document.findById(run));
  }
}
