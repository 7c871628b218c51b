package adw.planning;

import adw.json.Json;
import adw.json.JsonFile;
import adw.run.StateFolder;
import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// When timed lines were first seen, and templates last copied: what the file cannot say. Kept in
/// `STATE/sightings.json`, by marker and text; written under the task-file lock.
final class TimedLines implements RecordedFacts.TimesSeen {
  private final JsonFile file;
  private Json.Obj known = Json.Obj.empty();

  TimedLines(StateFolder state) {
    this.file = state.json("sightings.json");
  }

  /// Takes note of timed lines that are new, and forgets those that are gone.
  void observe(TaskDocument document, Instant now) throws IOException {
    known = file.read();
    var kept = Json.Obj.empty();
    for (var task : document.tasks()) {
      if (isTimed(task)) {
        kept =
            kept.with(
                key(task),
                known.findObject(key(task)).orElse(Json.Obj.empty().with("seen", now.toString())));
      }
    }
    save(kept);
  }

  /// What was noted of the timed lines, if there are any.
  void recall(TaskDocument document) throws IOException {
    if (document.tasks().stream().anyMatch(TimedLines::isTimed)) {
      known = file.read();
    }
  }

  private static boolean isTimed(Task task) {
    return task.mark() instanceof Mark.NotBefore || task.mark() instanceof Mark.Template;
  }

  /// A copy of the template was put into the file.
  void copied(Task template, Instant now) throws IOException {
    var entry =
        known.findObject(key(template)).orElse(Json.Obj.empty().with("seen", now.toString()));
    save(known.with(key(template), entry.with("copied", now.toString())));
  }

  private void save(Json.Obj changed) throws IOException {
    if (!changed.equals(known)) {
      file.write(changed);
      known = changed;
    }
  }

  private static String key(Task task) {
    return task.marker().strip() + " " + task.text();
  }

  @Override
  public Optional<Instant> findFirstSeen(Task task) {
    return find(task, "seen");
  }

  @Override
  public Optional<Instant> findLastCopied(Task template) {
    return find(template, "copied");
  }

  private Optional<Instant> find(Task task, String what) {
    return known.findObject(key(task)).flatMap(entry -> entry.findInstant(what));
  }
}
