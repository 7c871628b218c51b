package adw.task.file;

import adw.task.Task;
import adw.task.TaskDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which line of the journal belongs to which task of the last version: by its run, or by its text
/// where the line does not show the run.
final class TrackedLines {
  private final JournalState known;
  private final Map<Integer, TrackedLine> byText = new HashMap<>();

  private TrackedLines(JournalState known) {
    this.known = known;
  }

  static TrackedLines of(JournalState known, TaskDocument document) {
    var lines = new TrackedLines(known);
    var open = new HashMap<String, java.util.ArrayDeque<TrackedLine>>();
    for (var line : known.tracked()) {
      if (isWithoutRun(line)) {
        var key = LineMatching.key(line.text());
        open.computeIfAbsent(key, _ -> new java.util.ArrayDeque<>()).add(line);
      }
    }
    if (!open.isEmpty()) {
      lines.link(document.tasks(), open);
    }
    return lines;
  }

  /// Hidden by git, or put in by us and never run.
  private static boolean isWithoutRun(TrackedLine line) {
    var isOurs = line.isInserted() && line.mark().id().isEmpty();
    return line.where() == TrackedLine.Where.HIDDEN
        || (line.where() == TrackedLine.Where.SHOWN && isOurs);
  }

  private void link(List<Task> tasks, Map<String, java.util.ArrayDeque<TrackedLine>> open) {
    for (var task : tasks) {
      if (task.mark().id().isEmpty()) {
        var candidates = open.get(LineMatching.key(task));
        if (candidates != null && !candidates.isEmpty()) {
          byText.put(task.line(), candidates.remove());
        }
      }
    }
  }

  boolean isEmpty() {
    return byText.isEmpty();
  }

  /// The line whose run this task does not show.
  Optional<TrackedLine> findHidden(Task task) {
    return Optional.ofNullable(byText.get(task.line()))
        .filter(line -> line.mark().id().isPresent());
  }

  Optional<TrackedLine> find(Task task) {
    return task.mark()
        .id()
        .flatMap(known::find)
        .or(() -> Optional.ofNullable(byText.get(task.line())));
  }

  /// Names the line in the journal, or the run where the journal does not know it.
  static Optional<String> identity(JournalState known, Task task) {
    return task.mark().id().map(id -> known.find(id).map(line -> "#" + line.key()).orElse(id));
  }

  /// The lines `> …` of the body that were not there before.
  static String words(Optional<Task> before, Task now) {
    var old = before.map(task -> quoted(task.body())).orElse(Set.of());
    var lines =
        now.body()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith(">") && !old.contains(line))
            .map(line -> line.substring(1).strip())
            .toList();
    return String.join("\n", lines).strip();
  }

  private static Set<String> quoted(String body) {
    return new HashSet<>(
        body.lines().map(String::strip).filter(line -> line.startsWith(">")).toList());
  }
}
