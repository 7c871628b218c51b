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

  record Running(String runId) implements Mark {
    @Override
    public Optional<String> id() {
      return Optional.of(runId);
    }

    @Override
    public Progress progress() {
      return Progress.RUNNING;
    }
  }

  record NeedsYou(String runId) implements Mark {
    @Override
    public Optional<String> id() {
      return Optional.of(runId);
    }

    @Override
    public Progress progress() {
      return Progress.RUNNING;
    }
  }

  record Done(Optional<String> commit, Optional<String> runId) implements Mark {
    @Override
    public Optional<String> id() {
      return runId;
    }

    @Override
    public Progress progress() {
      return Progress.DONE;
    }
  }

  record Failed(Optional<String> runId) implements Mark {
    @Override
    public Optional<String> id() {
      return runId;
    }

    @Override
    public Progress progress() {
      return Progress.FAILED;
    }
  }

  record Cancelled(Optional<String> runId) implements Mark {
    @Override
    public Optional<String> id() {
      return runId;
    }

    @Override
    public Progress progress() {
      return Progress.DONE;
    }
  }

  /// A person's command: run again.
  record Retry(Optional<String> runId) implements Mark {
    @Override
    public Optional<String> id() {
      return runId;
    }
  }

  /// A known sign with contents that mean nothing: nothing happens until it is mended.
  record Malformed(String what, String cure, Optional<String> runId) implements Mark {
    @Override
    public Optional<String> id() {
      return runId;
    }
  }

  /// The run that the brackets name.
  default Optional<String> id() {
    return Optional.empty();
  }

  /// What the mark says to the group around it; a cancelled task is out of its way.
  default Progress progress() {
    return Progress.PENDING;
  }

  /// Whether a run of the task goes on, or waits for a person.
  default boolean isAlive() {
    return progress() == Progress.RUNNING;
  }

  /// Whether nothing more happens to the task by itself.
  default boolean isEnd() {
    return progress().hasEnded();
  }
}
