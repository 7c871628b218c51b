package adw.task;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/// The state of a task, as its brackets say it.
public sealed interface Mark {
  record Pending() implements Mark {}

  /// Waits for these names or run ids; none: for every task above in its scope.
  record Blocked(List<String> after) implements Mark {
    public Blocked {
      after = List.copyOf(after);
    }
  }

  /// Not before this local time; without a date: the first such time after the line was written.
  record NotBefore(Optional<LocalDate> date, LocalTime time) implements Mark {}

  record Template(Schedule schedule) implements Mark {}

  record Running(String runId) implements Mark {}

  record NeedsYou(String runId) implements Mark {}

  record Done(Optional<String> commit, Optional<String> runId) implements Mark {}

  record Failed(Optional<String> runId) implements Mark {}

  record Cancelled(Optional<String> runId) implements Mark {}

  /// A person's command: run again.
  record Retry(Optional<String> runId) implements Mark {}

  /// A known sign with contents that mean nothing: nothing happens until it is mended.
  record Malformed(String what, String cure, Optional<String> runId) implements Mark {}

  /// The run that the brackets name.
  default Optional<String> id() {
    return switch (this) {
      case Running(var id) -> Optional.of(id);
      case NeedsYou(var id) -> Optional.of(id);
      case Done(_, var id) -> id;
      case Failed(var id) -> id;
      case Cancelled(var id) -> id;
      case Retry(var id) -> id;
      case Malformed(_, _, var id) -> id;
      case Pending _, Blocked _, NotBefore _, Template _ -> Optional.empty();
    };
  }

  /// Whether nothing more happens to the task by itself.
  default boolean isEnd() {
    return this instanceof Done || this instanceof Failed || this instanceof Cancelled;
  }
}
