package adw.task;

import java.util.Optional;

/// One change that the daemon makes to the file.
public sealed interface Edit {
  /// A new mark; the tail of the previous end goes, the new one (if any) comes.
  record Rewrite(Task task, Mark mark, Optional<String> tail) implements Edit {}

  /// The very characters between the brackets, for a line that goes back to what it was.
  record Restore(Task task, String marker, Optional<String> tail) implements Edit {}

  /// The line with its body goes to the end of its scope's Done section.
  record MoveToDone(Task task) implements Edit {}

  /// A plain copy of a template, below it.
  record InsertCopy(Task template) implements Edit {}

  /// A line, or several, put back or added below that task and its body.
  record InsertBelow(Task task, String lines) implements Edit {}

  /// Lines put back above that task.
  record InsertAbove(Task task, String lines) implements Edit {}

  /// Lines put back above all tasks in the queue of the scope of that name (empty: the default
  /// scope); a scope that is not there any more gets its heading.
  record InsertFirst(Optional<String> scope, String lines) implements Edit {}

  /// A new pending task behind the last one in the queue of the scope of that name (empty: the
  /// default scope); a scope that does not exist yet gets its heading. Its body is indented.
  record Append(Optional<String> scope, String text, String body) implements Edit {}
}
