package adw.task.file;

import adw.task.Task;
import adw.task.TaskDocument;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one look at the task file gave.
public sealed interface FileReading {
  /// The file, with what its last saves ask for. `notices` tell of the last save what was not done.
  record Current(
      TaskDocument document,
      List<PersonCommand> commands,
      List<String> notices,
      List<Withheld> withheld,
      Optional<Instant> lookAgain)
      implements FileReading {
    public Current {
      commands = List.copyOf(commands);
      notices = List.copyOf(notices);
      withheld = List.copyOf(withheld);
    }

    /// The lines whose tasks must not be claimed now whatever their marks say, and why.
    public Map<Integer, String> holds() {
      var holds = new HashMap<Integer, String>();
      withheld.forEach(held -> holds.putIfAbsent(held.task().line(), held.why()));
      return holds;
    }
  }

  /// Nothing can be concluded now; it mends itself, or a person is busy with it.
  record NotYet(String why) implements FileReading {}

  /// A person must mend something before anything is read or written.
  record Refused(String why) implements FileReading {}

  /// A pending line that is being typed, or whose run is known although the line does not show it.
  record Withheld(Task task, String why) {}
}
