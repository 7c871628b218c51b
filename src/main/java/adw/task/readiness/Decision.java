package adw.task.readiness;

import adw.task.Progress;
import adw.task.Task;
import java.util.List;
import java.util.Optional;

/// What is to happen with one task now.
public record Decision(Task task, State state) {
  /// Whether a task can start.
  public sealed interface State {}

  /// It can start: on the base branch, or on what these left.
  public record Ready(List<Prerequisite> prerequisites) implements State {
    public Ready {
      prerequisites = List.copyOf(prerequisites);
    }
  }

  /// A gate (`#approve`) whose turn has come: a person is asked, and nothing runs.
  public record Gate() implements State {}

  /// It could start, and is to ask a person before it does (`#approve` with something that runs).
  public record AsksFirst(List<Prerequisite> prerequisites) implements State {
    public AsksFirst {
      prerequisites = List.copyOf(prerequisites);
    }
  }

  /// A template whose time has come: a copy is to be put below it.
  public record Due() implements State {}

  /// Nothing to do until something else ends, or a time comes.
  public record Waiting(String on) implements State {}

  /// It cannot start until a person mends something.
  public record Held(String why, String cure) implements State {}

  /// In progress, ended, or waiting for a person.
  public record Started() implements State {}

  /// A group, which is never run itself.
  public record Group(Progress progress) implements State {}

  /// Something done that the task builds on, in file order.
  public record Prerequisite(
      Optional<Task> task, Optional<String> commit, Optional<String> runId) {}
}
