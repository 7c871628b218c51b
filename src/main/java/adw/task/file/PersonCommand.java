package adw.task.file;

import adw.task.Task;
import java.util.Optional;

/// What a person asked for by editing a marker. Given again at each reading until
/// `LockedTaskFile.handled()`.
public sealed interface PersonCommand {
  /// A new run with a new lineage; the old branch stays.
  record StartOver(Task task, Optional<String> id) implements PersonCommand {}

  /// The same branch and agent session goes on with this text. The line shows its old mark again.
  record Continue(Task task, String id, String text) implements PersonCommand {}

  record DoNotRun(Task task) implements PersonCommand {}

  /// The run is to end, its work is kept; no task: the line was deleted.
  record Cancel(String id, Optional<Task> task) implements PersonCommand {}

  /// The person did it: the run is to end, the line stays as it is.
  record TakenOver(String id, Task task) implements PersonCommand {}
}
